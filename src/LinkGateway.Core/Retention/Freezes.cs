using System.Text.Json;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;

namespace LinkGateway.Core.Retention;

/// <summary>
/// What operators have frozen: it is kept, payload and rows, whatever retention says, until it is unfrozen. A freeze is a standing order;
/// nothing is copied, since nobody but retention removes anything.
/// </summary>
static class Freezes
{
    /// <summary>Name of a freeze that keeps the transfer; null when none does.</summary>
    public static string? NameFor(StandingOrders standing, TransferRecord transfer)
    {
        foreach (var (subject, value) in standing.Under(StandingSubjects.Freezing))
            if (Matches(Read(value)!, transfer)) return subject[StandingSubjects.Freezing.Length..];
        return null;
    }

    /// <summary>How long a payload is kept, when it may be frozen.</summary>
    public static Keeping Over(StandingOrders standing, TransferRecord transfer, Keeping keeping) =>
        NameFor(standing, transfer) is { } name ? new Keeping(null, $"frozen as {name}") : keeping;

    /// <summary>The value as it is entered, or what is wrong with it.</summary>
    public static Outcome<string?> Check(string name, string? value)
    {
        if (name.Length is 0 or > 64 || name.Any(c => char.IsControl(c) || c == '/'))
            return new Refusal(ErrorCatalogue.FieldInvalid, "subject", "a freeze has a name of 1 to 64 characters, without /");
        if (value is null) return (string?)null;
        if (Read(value) is not { } filter)
            return new Refusal(ErrorCatalogue.FieldInvalid, "value", "it is no filter of transfers");
        if (filter == new FreezeFilter())
            return new Refusal(ErrorCatalogue.FieldInvalid, "value", "it states nothing: what would be frozen is everything");
        if (filter.TransferId is not null && filter.Origin is null) return new Refusal(ErrorCatalogue.FieldMissing, "origin");
        return JsonSerializer.Serialize(filter, OperatorJson.Default.FreezeFilter);
    }

    static FreezeFilter? Read(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, OperatorJson.Default.FreezeFilter);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool Matches(FreezeFilter filter, TransferRecord transfer) =>
        (filter.Origin is null || filter.Origin == transfer.Identity.Origin)
        && (filter.TransferId is null || filter.TransferId == transfer.Identity.TransferId)
        && (filter.InterfaceId is null || filter.InterfaceId == transfer.Manifest.InterfaceId)
        && (filter.Receiver is null || transfer.Manifest.Receivers.Contains(filter.Receiver, StringComparer.Ordinal))
        && (filter.From is null || transfer.CreatedAt >= filter.From)
        && (filter.Until is null || transfer.CreatedAt < filter.Until);
}
