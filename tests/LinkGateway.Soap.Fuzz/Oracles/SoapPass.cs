using System.Buffers;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Reads a message by <see cref="SoapMessage"/>: the envelope, then the attachments.</summary>
static class SoapPass
{
    public static Reading Read(
        WatchedSource source, MediaType type, MessageLimits limits, Appetite appetite, int limit, WireProfile? profile = null)
    {
        var deviations = new DeviationLog(profile ?? WireProfile.Lenient);
        var reading = new Reading();
        var content = new ArrayBufferWriter<byte>();
        try
        {
            using var message = Require.Finished(SoapMessage.ReadAsync(source, type, limits, deviations));
            reading.Envelope = EnvelopeText.Of(message.Envelope);
            while (Require.Finished(message.Attachments.ReadNextAsync(CancellationToken.None)) is { } attachment)
            {
                appetite.Consume(attachment.Body, content, limit);
                reading.Parts.Add(new(attachment.Headers, content.WrittenSpan.ToArray()));
                content.ResetWrittenCount();
                RequireFound(attachment);
            }
            Require.Finished(message.Attachments.FinishAsync(CancellationToken.None));
            Require.That(source.Exhausted, "The message is said to be whole, but is not at its end.");
        }
        catch (SoapFormatException exception)
        {
            reading.Refusal = Refusal.Of(exception);
            Require.That(exception.Fault.Reason == exception.Message, "The fault says something else than the refusal.");
        }
        catch (MimeFormatException exception)
        {
            reading.Refusal = Refusal.Of(exception);
        }
        reading.Unfinished = content.WrittenSpan.ToArray();
        reading.Deviations = deviations.Reports;
        return reading;
    }

    /// <summary>Pitfall 30: an id is found by its own reference, escaped or not.</summary>
    static void RequireFound(Attachment attachment)
    {
        if (attachment.ContentId is not { } id)
            return;
        Require.That(ContentIds.Matches(id, $"cid:{Uri.EscapeDataString(id)}"), $"The id '{id}' does not match its escaped reference.");
    }
}
