using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Retention;

namespace LinkGateway.Simulation.Hosts;

/// <summary>What retention tells: for the trace, and for what must not be.</summary>
sealed class RetentionTrace(Host host) : IRetentionEvents
{
    public void PayloadRemoved(TransferRecord transfer) =>
        host.Night.Trace.Write(
            host.Id, $"payload of {transfer.Identity.TransferId}/{transfer.Identity.Receiver} removed: {transfer.PayloadRule}");

    public void Forgotten(int transfers) => host.Night.Fail($"{host.Id}: {transfers} transfers of this night were forgotten");

    public void StraysRemoved(int payloads) => host.Night.Trace.Write(host.Id, $"{payloads} strays removed");

    public void SpaceShort(long freeBytes, long reserve) => host.Night.Fail($"{host.Id}: there is always room");

    public void SpaceEnough(long freeBytes, long reserve) => host.Night.Fail($"{host.Id}: there is always room");

    public void Troubled(Exception exception)
    {
        host.Night.Trace.Write(host.Id, $"retention is in trouble: {exception.Message}");
        if (exception is not StorageException) host.Night.Fail($"{host.Id}: retention failed: {exception}");
    }
}
