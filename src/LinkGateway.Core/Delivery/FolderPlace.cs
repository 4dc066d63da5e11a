using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>The paths of one delivery in a folder. What is not yet published lies in <c>.linkgw</c>, in the same file system.</summary>
sealed class FolderPlace(string folder, string deliveryId)
{
    /// <summary>
    /// Where an attempt puts its files: in the destination's folder, but what was begun to be published where it was begun.
    /// </summary>
    public static FolderPlace Of(DeliveryAttempt attempt, FolderDestination folder) => new(
        attempt.Record is { State: DeliveryState.Publishing, Folder: { } begun } ? begun : folder.Path, attempt.Record.DeliveryId);

    /// <summary>The folder that the receiver watches.</summary>
    public string Folder { get; } = folder;

    /// <summary>The gateway's own folder in it.</summary>
    public string Inside { get; } = Path.Combine(folder, FolderDestination.InsideName);

    /// <summary>The data before they are published.</summary>
    public string Part => Path.Combine(Inside, deliveryId + ".part");

    /// <summary>The control file before it is published: while it is here, the delivery is not.</summary>
    public string Control => Path.Combine(Inside, deliveryId + ".ctl");

    /// <summary>The control file while it is written.</summary>
    public string FreshControl => Control + ".new";

    /// <summary>Where the data go.</summary>
    public string Data(string name) => Path.Combine(Folder, name);

    /// <summary>Where the control file goes.</summary>
    public string PublishedControl(string name) => Path.Combine(Folder, name + ".ctl.json");

    /// <summary>What the name template of a folder may use.</summary>
    public static NameTemplateValues ValuesOf(TransferRecord transfer, DeliveryRecord delivery) => new(
        transfer.Manifest.FileName,
        transfer.Identity.TransferId,
        transfer.Identity.Origin,
        transfer.Manifest.InterfaceId,
        delivery.Receiver,
        delivery.DeliveryId,
        delivery.Replay);
}
