namespace LinkGateway.Relay.Records;

/// <summary>Where call records go. Called from any thread; never waits and never throws.</summary>
public interface ICallRecords
{
    /// <summary>Hands over the record of a call that has ended; it is not changed any more.</summary>
    void Add(CallRecord record);
}
