using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Faults;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>
/// The bytes of a request, read when Core wants them: the attachment that it refers to, off the wire, or those within the envelope.
/// </summary>
/// <param name="context">The call, with its attachments.</param>
/// <param name="reference">The swaRef in the request; null when it has none.</param>
/// <param name="data">The bytes in the envelope, from toolkits that cannot attach; null when it has none.</param>
sealed class UploadBody(OperationContext context, string? reference, byte[]? data = null) : IUploadBody
{
    // The element of the contract that holds the reference: the name of an attachment that is not referred to.
    const string Element = "file";

    public long? MaximumLength => context.ContentLength;

    public async ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken)
    {
        if (data is not null)
            return PipeReader.Create(new ReadOnlySequence<byte>(data));
        try
        {
            var found = reference is null
                ? await context.Attachments.FindPartAsync(Element, cancellationToken)
                : await context.Attachments.FindAsync(reference, cancellationToken);
            return found is null ? null : new UploadPipe(found.Body);
        }
        catch (Exception error) when (error is MimeFormatException or SoapFormatException)
        {
            throw new UploadException(FormatRefusals.Of(error), error);
        }
    }

    public async ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await context.Attachments.FinishAsync(cancellationToken);
            return null;
        }
        catch (Exception error) when (error is MimeFormatException or SoapFormatException)
        {
            return FormatRefusals.Of(error);
        }
    }
}
