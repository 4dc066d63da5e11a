using LinkGateway.Core.Journal;
using LinkGateway.Core.Retention;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Retention;

/// <summary>Puts what retention does into the log. Thread-safe.</summary>
/// <param name="logger">The log.</param>
sealed class RetentionReporter(ILogger<RetentionReporter> logger) : IRetentionEvents
{
    public void PayloadRemoved(TransferRecord transfer) => logger.PayloadRemoved(
        transfer.Identity.Origin, transfer.Identity.TransferId, transfer.Identity.Receiver, transfer.Size ?? 0, transfer.PayloadRule ?? "");

    public void Forgotten(int transfers) => logger.TransfersForgotten(transfers);

    public void StraysRemoved(int payloads) => logger.StraysRemoved(payloads);

    public void SpaceShort(long freeBytes, long reserve) => logger.SpaceShort(freeBytes, reserve);

    public void SpaceEnough(long freeBytes, long reserve) => logger.SpaceEnough(freeBytes, reserve);

    public void Troubled(Exception exception) => logger.RetentionTroubled(exception);
}
