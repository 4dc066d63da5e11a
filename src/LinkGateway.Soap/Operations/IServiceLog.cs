namespace LinkGateway.Soap.Operations;

/// <summary>Where a host notes what went wrong with the messages of a service. Called from any thread; never throws.</summary>
public interface IServiceLog
{
    /// <summary>A message was refused: its sender's doing.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="reason">What its sender reads.</param>
    void Refused(string service, string reason);

    /// <summary>An operation failed: our doing, and told to no sender.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="exception">How.</param>
    void Failed(string service, Exception exception);
}
