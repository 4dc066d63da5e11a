using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>An attachment's bytes, with what breaks them off told as a fault that CoreWCF sends.</summary>
sealed class SwaPipe(PipeReader body) : PipeReader
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (SwaFaults.ForOperation(e) is { } fault)
        {
            throw fault;
        }
    }

    public override bool TryRead(out ReadResult result) => body.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);
}
