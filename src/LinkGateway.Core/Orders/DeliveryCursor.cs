using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Orders;

/// <summary>Where a page of deliveries ended: an opaque text to callers.</summary>
sealed record DeliveryCursor(DeliveryState State, DateTimeOffset CreatedAt, string DeliveryId)
{
    public static DeliveryCursor After(DeliveryRecord last) => new(last.State, last.CreatedAt, last.DeliveryId);

    public static bool TryParse(string text, [NotNullWhen(true)] out DeliveryCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text)) return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts.Length != 3 || !Enum.TryParse<DeliveryState>(parts[0], out var state)
            || !DateTimeOffset.TryParseExact(parts[1], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var createdAt))
            return false;
        cursor = new DeliveryCursor(state, createdAt, parts[2]);
        return true;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{State}|{CreatedAt:O}|{DeliveryId}"));
}
