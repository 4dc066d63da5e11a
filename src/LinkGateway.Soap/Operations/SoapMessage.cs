using System.IO.Pipelines;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// A message read up to the end of its envelope: attachments that follow are still on the wire. Dispose it when neither the envelope nor
/// anything that reads from it is needed any more.
/// </summary>
public sealed class SoapMessage : IDisposable
{
    PooledBytes _root;

    SoapMessage(PooledBytes root, SoapEnvelope envelope, IAttachments attachments)
    {
        _root = root;
        Envelope = envelope;
        Attachments = attachments;
    }

    /// <summary>The envelope; readable until the message is disposed.</summary>
    public SoapEnvelope Envelope { get; }

    /// <summary>The attachments.</summary>
    public IAttachments Attachments { get; }

    /// <summary>Reads a message's envelope, from a body without attachments or from the root part of a multipart one.</summary>
    /// <param name="body">The body of the HTTP message; never completed here.</param>
    /// <param name="mediaType">The type of the whole message, one for which <see cref="SoapMediaType.IsSoap"/> holds.</param>
    /// <param name="limits">What the reading may cost; <see cref="MessageLimits.Default"/> where null.</param>
    /// <param name="deviations">Judges and gathers deviations; by default by <see cref="WireProfile.Lenient"/>.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The message.</returns>
    /// <exception cref="SoapFormatException">The message is not SOAP, beyond a limit, or deviates as the profile refuses.</exception>
    /// <exception cref="MimeFormatException">The multipart framing is broken, or deviates as the profile refuses.</exception>
    public static async ValueTask<SoapMessage> ReadAsync(
        PipeReader body,
        MediaType mediaType,
        MessageLimits? limits = null,
        DeviationLog? deviations = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(mediaType);
        limits ??= MessageLimits.Default;
        deviations ??= new DeviationLog(WireProfile.Lenient);
        if (mediaType.Essence != SoapMediaType.Multipart)
        {
            foreach (var deviation in mediaType.Deviations)
                deviations.Report(deviation);
            return await ReadAsync(body, mediaType, NoAttachments.Instance, limits, deviations, ct);
        }
        MediaTypeRules.JudgeMultipart(mediaType, deviations);
        var attachments = new MultipartAttachments(new MultipartReader(body, mediaType, limits.Multipart, deviations));
        var root = await attachments.ReadToRootAsync(limits.PreRootSpoolBytes, ct);
        var rootType = MediaTypeRules.JudgeRoot(mediaType, root, deviations);
        return await ReadAsync(root.Body, rootType, attachments, limits, deviations, ct);
    }

    /// <summary>Gives the envelope's memory back.</summary>
    public void Dispose()
    {
        _root.Dispose();
        _root = default;
    }

    /// <summary>Reads an envelope that was gathered whole, and judges what its media type says of it.</summary>
    internal static SoapEnvelope ReadEnvelope(
        ReadOnlyMemory<byte> bytes, MediaType mediaType, MessageLimits limits, DeviationLog deviations)
    {
        var envelope = SoapEnvelope.Parse(bytes, mediaType.Parameter("charset"), limits.Envelope, deviations);
        MediaTypeRules.JudgeEnvelope(mediaType, envelope, deviations);
        return envelope;
    }

    /// <summary>The refusal of an envelope that does not end within its limit.</summary>
    internal static SoapFormatException TooLarge(int limit) => new(SoapFormatError.TooLarge,
        $"The envelope is larger than rootBytes ({limit} bytes); send large content as an attachment or in smaller pieces.");

    static async ValueTask<SoapMessage> ReadAsync(
        PipeReader body,
        MediaType mediaType,
        IAttachments attachments,
        MessageLimits limits,
        DeviationLog deviations,
        CancellationToken ct)
    {
        var limit = limits.Envelope.RootBytes;
        var root = await PooledBytes.GatherAsync(body, limit, ct) ?? throw TooLarge(limit);
        try
        {
            return new SoapMessage(root, ReadEnvelope(root.Memory, mediaType, limits, deviations), attachments);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }
}
