using System.IO.Pipelines;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Calls;

/// <summary>An answer of this gateway's own: a fault.</summary>
sealed class FaultReply : CallReply
{
    readonly OutgoingMessage _message;

    public FaultReply(Call call, OutgoingMessage message)
        : base(call)
    {
        _message = message;
        ContentType = message.ContentType;
        ContentLength = message.Length;
    }

    public override ValueTask WriteAsync(PipeWriter output, CancellationToken ct) => _message.WriteToAsync(output, ct);
}
