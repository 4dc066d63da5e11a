using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// The attachments of a multipart message: first those that came before the root part, from memory; then those still to come.
/// </summary>
sealed class MultipartAttachments(MultipartReader reader) : IAttachments
{
    readonly Queue<Attachment> _spooled = new();

    /// <summary>Reads forward to the root part; what comes before it is kept in memory.</summary>
    /// <param name="spoolBytes">The most bytes that are kept.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The root part, its body not yet read.</returns>
    public async ValueTask<MimePart> ReadToRootAsync(int spoolBytes, CancellationToken ct)
    {
        var left = spoolBytes;
        while (await reader.ReadNextPartAsync(ct) is { } part)
        {
            if (reader.IsRoot(part))
                return part;
            left -= part.Headers.Sum(header => header.Name.Length + header.RawValue.Length);
            using var bytes = await PooledBytes.GatherAsync(part.Body, left, ct) ?? throw new SoapFormatException(SoapFormatError.SpoolFull,
                $"Part {part.Number}: attachments before the root part have more than preRootSpoolBytes ({spoolBytes} bytes); "
                + "send the root part first.");
            left -= bytes.Memory.Length;
            _spooled.Enqueue(new Attachment(part.Headers, PipeReader.Create(new ReadOnlySequence<byte>(bytes.Memory.ToArray()))));
        }
        throw new SoapFormatException(SoapFormatError.RootPart, reader.Start is null
            ? "The multipart message has no parts; the root part with the envelope is missing (RFC 2387 3.2)."
            : $"The multipart message has no part with the Content-ID '{reader.Start}' "
                + "that its start parameter names as root (RFC 2387 3.2).");
    }

    public async ValueTask<Attachment?> FindAsync(string reference, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reference);
        while (await ReadNextAsync(ct) is { } attachment)
        {
            if (!AttachmentReference.Means(reference, attachment.Headers, out var deviation))
                continue;
            if (deviation is { } met)
                reader.Deviations.Report(met);
            return attachment;
        }
        return null;
    }

    public async ValueTask<Attachment?> FindPartAsync(string partName, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(partName);
        while (await ReadNextAsync(ct) is { } attachment)
        {
            if (!AttachmentReference.Bears(partName, attachment.Headers))
                continue;
            reader.Deviations.Report(Deviation.ReferenceByPartName);
            return attachment;
        }
        return null;
    }

    public async ValueTask<Attachment?> ReadNextAsync(CancellationToken ct)
    {
        if (_spooled.TryDequeue(out var spooled))
            return spooled;
        return await reader.ReadNextPartAsync(ct) is { } part ? new Attachment(part.Headers, part.Body) : null;
    }

    public async ValueTask FinishAsync(CancellationToken ct)
    {
        while (await reader.ReadNextPartAsync(ct) is not null)
        {
            // The reader drops what is left of a part when the next one is asked for.
        }
    }
}
