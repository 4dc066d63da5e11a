using System.Numerics;

namespace LinkGateway.Core.Configuration;

/// <content>Limits.</content>
sealed partial class ConfigurationRules
{
    // DESIGN section 6, Chunk size: what every gateway on a transfer's way must be able to take.
    const long SmallestChunk = 64L << 10;
    const long LargestChunk = 256L << 20;
    const int MostChunks = 8192;

    void CheckLimits()
    {
        var limits = _configuration.Limits;
        CheckRange("connections", limits.Connections, 1, 100_000);
        CheckRange("rootBytes", limits.RootBytes, 4096, 1L << 30);
        CheckRange("envelopeDepth", limits.EnvelopeDepth, 8, 1_000);
        CheckRange("envelopeNodes", limits.EnvelopeNodes, 1_000, 100_000_000);
        CheckRange("elementAttributes", limits.ElementAttributes, 8, 100_000);
        CheckRange("nameLength", limits.NameLength, 64, 1 << 20);
        CheckRange("namespaceLength", limits.NamespaceLength, 64, 1 << 20);
        CheckRange("headerNodes", limits.HeaderNodes, 0, 1_000_000);
        CheckRange("parts", limits.Parts, 2, 10_000);
        CheckRange("partHeaderBytes", limits.PartHeaderBytes, 256, 1 << 20);
        CheckRange("partHeaders", limits.PartHeaders, 4, 10_000);
        CheckRange("preambleBytes", limits.PreambleBytes, 0, 1 << 20);
        CheckRange("epilogueBytes", limits.EpilogueBytes, 0, 1 << 30);
        CheckRange("paddingBytes", limits.PaddingBytes, 0, 1 << 16);
        CheckRange("drainBytes", limits.DrainBytes, 0, long.MaxValue);
        CheckRange("drains", limits.Drains, 0, 10_000);
        CheckRange("preRootSpoolBytes", limits.PreRootSpoolBytes, 0, 1L << 30);
        CheckRange("attachmentMinimumRate", limits.AttachmentMinimumRate, 0, 1L << 30);
        CheckRange("inlinePayloadBytes", limits.InlinePayloadBytes, 0, 16L << 20);
        CheckRange("maxChunks", limits.MaxChunks, 1, MostChunks);
        CheckRange("concurrentUploads", limits.ConcurrentUploads, 1, 100_000);
        CheckRange("deliveryWorkers", limits.DeliveryWorkers, 1, 1_000);
        CheckRange("urgentWorkers", limits.UrgentWorkers, 0, 1_000);

        CheckRange("callRecordDays", limits.CallRecordDays, 1, 36_500);

        CheckWait("drainTime", limits.DrainTime);
        CheckWait("headerAndRootTime", limits.HeaderAndRootTime);
        CheckWait("attachmentSilence", limits.AttachmentSilence);
        CheckPositive("attachmentRateWindow", limits.AttachmentRateWindow);
        CheckPositive("uploadExpiry", limits.UploadExpiry);
        CheckPositive("setExpiry", limits.SetExpiry);

        CheckChunkSize("chunkSizeMin", limits.ChunkSizeMin, SmallestChunk, LargestChunk);
        CheckChunkSize("chunkSizeMax", limits.ChunkSizeMax, Math.Max(SmallestChunk, limits.ChunkSizeMin), LargestChunk);
        CheckChunkSize("chunkSizeDefault", limits.ChunkSizeDefault, limits.ChunkSizeMin, limits.ChunkSizeMax);
        CheckChunkSize("chunkSizeUndeclared", limits.ChunkSizeUndeclared, limits.ChunkSizeMin, limits.ChunkSizeMax);
    }

    void CheckRange(string name, long value, long least, long most)
    {
        if (value < least || value > most) _errors.Add($"$.limits.{name}", $"{value} is out of bounds", $"Use {least} to {most}");
    }

    // A timer holds no more than 49 days, and nobody means more than one.
    void CheckWait(string name, TimeSpan value)
    {
        CheckPositive(name, value);
        if (value > TimeSpan.FromDays(1)) _errors.Add($"$.limits.{name}", $"{value:c} is out of bounds", "Use at most 1.00:00:00");
    }

    void CheckPositive(string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero) _errors.Add($"$.limits.{name}", $"{value:c} is not positive", "Use a time such as 00:01:00");
    }

    void CheckChunkSize(string name, long value, long least, long most)
    {
        if (!BitOperations.IsPow2(value) || value < least || value > most)
            _errors.Add($"$.limits.{name}", $"{value} is no chunk size", $"Use a power of two from {least} to {most}");
    }
}
