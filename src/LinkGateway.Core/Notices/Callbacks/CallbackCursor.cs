using System.Globalization;

namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>How far a participant was told: of receipts and of failures.</summary>
readonly record struct CallbackCursor(long Receipt, long Failure)
{
    /// <summary>Under which name it stands in the journal; no destination has a slash in its id.</summary>
    public static string Key(string participantId) => $"callback/{participantId}";

    /// <summary>Reads what <see cref="ToString"/> wrote; nothing, and what is empty, is none.</summary>
    public static bool TryParse(string? text, out CallbackCursor cursor)
    {
        cursor = default;
        if (text is not { Length: > 0 } || text.Split('/') is not [var receipt, var failure]) return false;
        cursor = new CallbackCursor(long.Parse(receipt, CultureInfo.InvariantCulture), long.Parse(failure, CultureInfo.InvariantCulture));
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Receipt}/{Failure}");
}
