using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>The answer to a call; its end is the end of the call.</summary>
abstract class CallReply(Call call) : RelayReply
{
    /// <summary>The call.</summary>
    protected Call Call => call;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        call.Record.Status = Status;
        call.Record.ResponseBytes ??= ContentLength;
        call.Dispose();
        return base.DisposeAsync();
    }
}
