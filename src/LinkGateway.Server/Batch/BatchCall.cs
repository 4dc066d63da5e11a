using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>The call into Core behind one operation.</summary>
delegate ValueTask<Outcome<TResult>> BatchCall<TRequest, TResult>(
    string caller, TRequest request, OperationContext context, CancellationToken cancellationToken);
