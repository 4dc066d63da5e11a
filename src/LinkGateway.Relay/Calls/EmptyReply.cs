using System.IO.Pipelines;

namespace LinkGateway.Relay.Calls;

/// <summary>An answer without a body (WS-I BP 1.1 R1112, R2714).</summary>
sealed class EmptyReply : CallReply
{
    public EmptyReply(Call call)
        : base(call) => ContentLength = 0;

    public override ValueTask WriteAsync(PipeWriter output, CancellationToken ct) => ValueTask.CompletedTask;
}
