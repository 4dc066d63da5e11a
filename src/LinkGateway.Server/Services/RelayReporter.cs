using System.Diagnostics;
using LinkGateway.Contract.Errors;
using LinkGateway.Relay.Calls;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Relay.Records;
using LinkGateway.Relay.Validation;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;

namespace LinkGateway.Server.Services;

/// <summary>
/// Puts what happens to calls into log and counters. Findings are told by place and rule, never with the values that broke it.
/// Thread-safe.
/// </summary>
/// <param name="metrics">The counters.</param>
/// <param name="logger">The log.</param>
sealed class RelayReporter(GatewayMetrics metrics, ILogger<RelayReporter> logger) : IRelayEvents
{
    public void CatalogueRead(int contracts, IReadOnlyList<CatalogueError> errors)
    {
        logger.CatalogueRead(contracts, errors.Count);
        foreach (var error in errors)
            logger.CatalogueFileBroken(error.File, error.Line, error.Position, error.Text);
    }

    public void CatalogueUnreadable(Exception exception) => logger.CatalogueUnreadable(exception);

    public void ContractMissing(string interfaceId, string problem) => logger.ContractMissing(interfaceId, problem);

    public void RequestDeviates(CallRecord record, IReadOnlyList<ValidationFinding> findings, bool refused)
    {
        metrics.Invalid(record.Interface ?? "", "request", refused);
        var first = findings[0];
        logger.RequestDeviates(
            record.MessageId, record.Origin, record.Interface, record.Operation, findings.Count, first.Path, first.Rule, refused);
    }

    public void AnswerDeviates(CallRecord record, IReadOnlyList<ValidationFinding> findings, bool refused)
    {
        metrics.Invalid(record.Interface ?? "", "response", refused);
        var first = findings[0];
        logger.AnswerDeviates(
            record.MessageId, record.Receiver, record.Destination, record.Interface, record.Operation, findings.Count, first.Path,
            first.Rule, refused);
    }

    public void MessageIdMissing(string participant) => logger.MessageIdMissing(participant);

    public void Refused(CallRecord record, Refusal refusal)
    {
        metrics.Refused(refusal.Error);
        if (refusal.Side == FaultSide.Sender)
            logger.CallRefused(record.MessageId, record.Caller, record.Interface, refusal.Code);
        else
            logger.CallFailed(record.MessageId, record.Caller, record.Interface, record.Destination, refusal.ToString());
    }

    public string Failed(CallRecord record, Exception exception)
    {
        var reference = Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString();
        logger.RequestFailed(exception, reference);
        return reference;
    }

    public void Ended(CallRecord record) => metrics.Called(record);

    /// <summary>Told of call records that could not be written.</summary>
    public void RecordsLost(Exception? error, long count) => logger.CallRecordsLost(error, count);
}
