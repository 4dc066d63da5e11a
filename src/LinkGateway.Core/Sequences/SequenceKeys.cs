using System.Globalization;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Sequences;

/// <summary>In which sequence a delivery reaches its receiver, and at which place (<c>routes[].order</c>).</summary>
static class SequenceKeys
{
    const string Instant = "yyyyMMdd'T'HHmmss.fffffff'Z'";

    // No part of a key holds a control character, so none can be mistaken for another.
    const string ByInterface = "interface\n";
    const string ByGroup = "group\n";

    /// <summary>
    /// Key and place of an accepted transfer's delivery by a route; nulls where the route orders nothing, for replies, for replays (a copy
    /// is asked for when it is wanted), and for files without an order group and sequence where these decide.
    /// </summary>
    /// <param name="transfer">The transfer, accepted.</param>
    /// <param name="route">Its route to the receiver.</param>
    /// <param name="verifier">Reads the entry gateway's receipt.</param>
    public static (string? Key, string? Place) Of(TransferRecord transfer, Route? route, IReceiptVerifier verifier)
    {
        if (route is null or { Order: RouteOrder.None } || transfer is { EntryReceipt: null } or { Identity.Replay: > 0 }) return default;
        var manifest = transfer.Manifest;
        if (manifest.IsReply()) return default;
        if (route.Order == RouteOrder.Interface)
        {
            return ($"{ByInterface}{manifest.Origin}\n{manifest.InterfaceId}\n{route.Receiver}",
                PlaceAt(AcceptedAtEntry(transfer, verifier), manifest.TransferId));
        }

        return manifest is { OrderGroup: { } group, OrderSequence: { } sequence }
            ? ($"{ByGroup}{manifest.Origin}\n{group}\n{route.Receiver}", PlaceOf(sequence))
            : default;
    }

    /// <summary>By what the sequence of a key is ordered.</summary>
    public static RouteOrder OrderOf(string key) =>
        key.StartsWith(ByGroup, StringComparison.Ordinal) ? RouteOrder.Group : RouteOrder.Interface;

    /// <summary>The sequence in a line for operators.</summary>
    public static string Describe(string key)
    {
        var parts = key.Split('\n');
        return $"{parts[0]} {parts[2]} from {parts[1]} to {parts[3]}";
    }

    /// <summary>The place of a number in a group.</summary>
    public static string PlaceOf(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The number in a group that a place stands for.</summary>
    public static long NumberOf(string place) => long.Parse(place, NumberStyles.None, CultureInfo.InvariantCulture);

    // The entry gateway's clock, which all hops see alike; two that were accepted in the same instant go by their ids.
    static string PlaceAt(DateTimeOffset accepted, string transferId) =>
        $"{accepted.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)} {transferId}";

    // Its receipt was verified before the transfer was accepted here; that it no longer is, is the configuration's doing.
    static DateTimeOffset AcceptedAtEntry(TransferRecord transfer, IReceiptVerifier verifier) =>
        (transfer.Identity.IsEntry ? null : verifier.Verify(transfer.EntryReceipt!.Value, out _)?.AcceptedAt) ?? transfer.AcceptedAt!.Value;
}
