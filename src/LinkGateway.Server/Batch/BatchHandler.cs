using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Logging;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>Translates one operation: request from XML, the call into Core, result or fault to XML. Thread-safe.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The answer.</typeparam>
/// <typeparam name="TOutcome">What Core answers.</typeparam>
/// <param name="operation">Names and codec.</param>
/// <param name="call">The call into Core: caller's participant id, request, the SOAP call.</param>
/// <param name="reply">Words Core's answer.</param>
/// <param name="configuration">For the zone of dateTimes without an offset.</param>
/// <param name="faults">Makes faults.</param>
/// <param name="logger">Where refusals are noted.</param>
sealed class BatchHandler<TRequest, TResult, TOutcome>(
    BatchOperation<TRequest, TResult> operation,
    BatchCall<TRequest, TOutcome> call,
    Func<TOutcome, OperationReply> reply,
    ConfigurationSource configuration,
    BatchFaults faults,
    ILogger logger) : IOperationHandler
    where TRequest : class
    where TResult : class
{
    public XName Request { get; } = XName.Get(operation.Request.Name, operation.Request.Namespace);

    public async ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct)
    {
        var caller = context.Caller.Identity?.Name
            ?? throw new InvalidOperationException("A batch request reached its handler without a caller.");
        var outcome = await CallAsync(caller, context, ct);
        if (outcome.Succeeded)
            return reply(outcome.Value);
        var refusal = outcome.Refusal;
        logger.Refused(operation.Name, caller, refusal.Code, refusal.Side.ToString());
        if (refusal.Cause is { } cause)
            logger.RefusedBecause(cause, operation.Name, refusal.Code);
        var japanese = FaultLanguage.IsJapanese(context.HttpHeaders.GetValueOrDefault("Accept-Language"));
        return OperationReply.Fault(faults.For(refusal, japanese), refusal.RetryAfter);
    }

    async ValueTask<Outcome<TOutcome>> CallAsync(string caller, OperationContext context, CancellationToken ct)
    {
        try
        {
            var request = Read(context);
            return request.Succeeded ? await call(caller, request.Value, context, ct) : request.Refusal;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return faults.RefusalOf(error);
        }
    }

    Outcome<TRequest> Read(OperationContext context)
    {
        using var reader = context.Request.ReadBody();
        return operation.ReadRequest(reader, configuration.Current.TimeZone);
    }
}
