using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

sealed class StoredExchange(RelayServices services)
{
    public ValueTask<RelayReply> RunAsync(Call call, MatchedCall matched, CancellationToken ct) =>
        ValueTask.FromResult(call.Refuse(new Refusal(ErrorCatalogue.OperationUnavailable, services.ToString())));
}
