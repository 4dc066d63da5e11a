using Microsoft.Net.Http.Headers;

namespace LinkGateway.Server.Batch;

/// <summary>Chooses between the two languages of the error catalogue.</summary>
static class FaultLanguage
{
    /// <summary>Whether the caller would rather read Japanese: RFC 9110 12.5.4; English where nothing is said.</summary>
    public static bool IsJapanese(string? acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var wanted))
            return false;
        var first = wanted.Where(item => Is(item, "ja") || Is(item, "en")).OrderByDescending(item => item.Quality ?? 1).FirstOrDefault();
        return first is not null && Is(first, "ja");
    }

    static bool Is(StringWithQualityHeaderValue item, string language) =>
        item.Value.Equals(language, StringComparison.OrdinalIgnoreCase)
        || item.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);
}
