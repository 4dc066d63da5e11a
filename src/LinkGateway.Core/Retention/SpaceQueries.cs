using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Files;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>What operators ask about room. Thread-safe.</summary>
/// <param name="services">The ports.</param>
/// <param name="disk">The room.</param>
public sealed class SpaceQueries(CoreServices services, IDiskSpace disk)
{
    static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>What is kept, what of it goes within 24 hours, and how much room there is.</summary>
    public async ValueTask<Outcome<SpaceStatus>> SpaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outlook = await new SpaceForecast(services, disk).LookAheadAsync(cancellationToken);
            var totals = await services.Journal.PayloadTotalsAsync(services.Now + Ahead, cancellationToken);
            return new SpaceStatus
            {
                KeptPayloads = totals.Payloads,
                KeptBytes = totals.Bytes,
                BytesGoingWithin24Hours = totals.BytesGoing,
                FreeBytes = disk.FreeBytes(),
                BytesPerHour = outlook.BytesPerHour,
                FullAt = outlook.FullAt,
                ReserveBytes = services.Configuration.Current.Configuration.Retention.FreeSpaceReserve,
            };
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }
}
