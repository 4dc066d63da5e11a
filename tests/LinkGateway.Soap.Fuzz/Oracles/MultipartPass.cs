using System.Buffers;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Reads a message by <see cref="MultipartReader"/>.</summary>
static class MultipartPass
{
    public static Reading Read(WatchedSource source, MediaType type, MultipartOptions options, Appetite appetite, int limit)
    {
        var reading = new Reading();
        var content = new ArrayBufferWriter<byte>();
        var deviations = new DeviationLog(WireProfile.Lenient);
        MultipartReader? reader = null;
        try
        {
            reader = new MultipartReader(source, type, options, deviations);
            while (Require.Finished(reader.ReadNextPartAsync()) is { } part)
            {
                appetite.Consume(part.Body, content, limit);
                reading.Parts.Add(new(part.Headers, content.WrittenSpan.ToArray()));
                content.ResetWrittenCount();
            }
            RequireWhole(reader, source);
        }
        catch (MimeFormatException exception)
        {
            reading.Refusal = Refusal.Of(exception);
            reading.Unfinished = content.WrittenSpan.ToArray();
            if (reader is not null && !Refusal.IsOfEncoding(exception))
                RequireStillRefused(reader, exception.Error);
        }
        reading.Deviations = deviations.Reports;
        return reading;
    }

    /// <summary>Reads a message without its bodies: the same parts and, as far as it is not one of their encoding, the same refusal.</summary>
    public static void RequireSameWhenSkipped(WatchedSource source, MediaType type, MultipartOptions options, Reading whole)
    {
        var parts = 0;
        Refusal? refusal = null;
        try
        {
            var reader = new MultipartReader(source, type, options);
            for (; Require.Finished(reader.ReadNextPartAsync()) is { } part; parts++)
            {
                if (parts < whole.Parts.Count)
                    Reading.RequireSameHeaders(whole.Parts[parts].Headers, part.Headers, $"skipped part {parts + 1}");
            }
            RequireWhole(reader, source);
        }
        catch (MimeFormatException exception)
        {
            refusal = Refusal.Of(exception);
        }
        if (whole.Refusal is { Text: "" })
            return;
        Require.Same(whole.Refusal?.ToString(), refusal?.ToString(), "refusal when bodies are skipped");
        Require.That(parts >= whole.Parts.Count, "Parts are missing when bodies are skipped.");
    }

    static void RequireWhole(MultipartReader reader, WatchedSource source)
    {
        Require.That(reader.Completed && source.Exhausted, "The last part is said to be read, but the message is not at its end.");
        Require.That(Require.Finished(reader.ReadNextPartAsync()) is null, "A part comes after the end.");
    }

    /// <summary>Asked again, it says the same: what was cut off never becomes complete.</summary>
    static void RequireStillRefused(MultipartReader reader, MimeError error)
    {
        try
        {
            Require.Finished(reader.ReadNextPartAsync());
            throw new OracleException($"After {error} the reader goes on as if nothing had been.");
        }
        catch (MimeFormatException again)
        {
            Require.That(again.Error == error, $"After {error} the reader says {again.Error}.");
        }
        Require.That(!reader.Completed, $"After {error} the reader calls the message complete.");
    }
}
