using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// What deliveries leave in the gateway's own folder inside a destination's. The journal names the folder before the first byte is written
/// there, so that nothing of a delivery that has ended, or that goes elsewhere, stays for ever.
/// </summary>
sealed class FolderRemains(IFileSystem files)
{
    /// <summary>Enters where the files of the attempt will lie, and removes what lies where it went before.</summary>
    /// <param name="attempt">The attempt; nothing of it is published.</param>
    /// <param name="folder">Where it goes; null for a place that is no folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask TurnToAsync(DeliveryAttempt attempt, FolderDestination? folder, CancellationToken cancellationToken)
    {
        var former = attempt.Record.Folder;
        if (former == folder?.Path) return;

        // Only a row that this attempt could write is certain not to be in Publishing there.
        await attempt.WriteAsync(row => row with { Folder = folder?.Path }, "", cancellationToken);
        if (former is null) return;
        try
        {
            await RemoveAsync(former, attempt.Record.DeliveryId, cancellationToken);
        }
        catch (StorageException)
        {
            // It was left because it is in trouble: that must not keep the file from another place.
        }
    }

    /// <summary>Removes what lies ready of a delivery.</summary>
    /// <exception cref="StorageException">
    /// It cannot be removed; with <see cref="StorageFailure.NotFound"/> the gateway's own folder is not there, as on a share that is not
    /// mounted: nobody knows then what lies there.
    /// </exception>
    public async ValueTask RemoveAsync(string folder, string deliveryId, CancellationToken cancellationToken)
    {
        var place = new FolderPlace(folder, deliveryId);
        foreach (var path in (string[])[place.Part, place.Control, place.FreshControl])
            await files.DeleteAsync(path, cancellationToken);
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
    }
}
