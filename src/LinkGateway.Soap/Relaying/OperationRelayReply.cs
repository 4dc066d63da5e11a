using System.IO.Pipelines;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Relaying;

/// <summary>What an operation answers, as bytes; the end of its writing ends the exchange.</summary>
/// <param name="message">The answer; null for an empty one.</param>
/// <param name="exchange">The exchange that it ends.</param>
sealed class OperationRelayReply(OutgoingMessage? message, OperationExchange exchange) : RelayReply
{
    public override ValueTask WriteAsync(PipeWriter output, CancellationToken ct) =>
        message is null ? ValueTask.CompletedTask : message.WriteToAsync(output, ct);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (message is not null)
                await message.DisposeAsync();
        }
        finally
        {
            exchange.End();
        }
        await base.DisposeAsync();
    }
}
