using System.IO.Pipelines;
using LinkGateway.Relay.Channels;
using LinkGateway.Relay.Records;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>A receiver's answer, passed on while it comes.</summary>
sealed class ReceiverReply : CallReply
{
    readonly ReceiverAnswer _answer;
    readonly RelayedMessage _message;

    public ReceiverReply(Call call, ReceiverAnswer answer, RelayedMessage message)
        : base(call)
    {
        (_answer, _message) = (answer, message);
        ContentType = message.ContentType;
        ContentLength = message.Length(answer.ContentLength);
    }

    /// <summary>How the call ends when all of it is passed on.</summary>
    public required CallOutcome Outcome { get; init; }

    public override async ValueTask WriteAsync(PipeWriter output, CancellationToken ct)
    {
        Call.Record.Outcome = CallOutcome.Broken;
        await _message.WriteToAsync(output, ct);
        Call.Record.Outcome = Outcome;
    }

    public override async ValueTask DisposeAsync()
    {
        Call.Record.ResponseBytes = _message.BytesWritten;
        _message.Dispose();
        await _answer.DisposeAsync();
        await base.DisposeAsync();
    }
}
