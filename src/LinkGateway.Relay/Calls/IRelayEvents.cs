using LinkGateway.Contract.Errors;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Relay.Records;
using LinkGateway.Relay.Validation;

namespace LinkGateway.Relay.Calls;

/// <summary>Told of what happens, for logs and metrics. Called from any thread; never throws.</summary>
public interface IRelayEvents
{
    /// <summary>A catalogue was read: how many contracts it has, and what is wrong with its files.</summary>
    void CatalogueRead(int contracts, IReadOnlyList<CatalogueError> errors);

    /// <summary>A catalogue could not be read at all; the one before stays in force.</summary>
    void CatalogueUnreadable(Exception exception);

    /// <summary>A service of the configuration has no usable contract.</summary>
    void ContractMissing(string interfaceId, string problem);

    /// <summary>A request departs from its contract.</summary>
    void RequestDeviates(CallRecord record, IReadOnlyList<ValidationFinding> findings, bool refused);

    /// <summary>An answer departs from its contract.</summary>
    void AnswerDeviates(CallRecord record, IReadOnlyList<ValidationFinding> findings, bool refused);

    /// <summary>A stored message came without wsa:MessageID, so that its repetition cannot be recognised.</summary>
    void MessageIdMissing(string participant);

    /// <summary>A call was refused by this gateway.</summary>
    void Refused(CallRecord record, Refusal refusal);

    /// <summary>A call met a defect.</summary>
    /// <returns>The reference under which the error is logged.</returns>
    string Failed(CallRecord record, Exception exception);

    /// <summary>A call has ended.</summary>
    void Ended(CallRecord record);
}
