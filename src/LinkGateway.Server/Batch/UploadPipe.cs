using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Faults;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Server.Batch;

/// <summary>A part's bytes, with what breaks an upload off told in Core's words: <see cref="UploadException"/>.</summary>
/// <param name="body">The part's bytes.</param>
sealed class UploadPipe(PipeReader body) : PipeReader
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (Exception error) when (error is MimeFormatException or SoapFormatException)
        {
            throw new UploadException(FormatRefusals.Of(error), error);
        }
    }

    public override bool TryRead(out ReadResult result) => body.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);
}
