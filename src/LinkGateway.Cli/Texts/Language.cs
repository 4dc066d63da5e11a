using System.Globalization;

namespace LinkGateway.Cli.Texts;

/// <summary>Chooses Japanese or English.</summary>
static class Language
{
    // POSIX.1-2017 8.2: LC_ALL before LC_MESSAGES before LANG; an empty one counts as not set.
    static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The culture of the messages, by the locale variables, or by the system's language where none is set.</summary>
    public static CultureInfo Choose(Func<string, string?> variable)
    {
        var locale = Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? CultureInfo.CurrentUICulture.Name;
        return CultureInfo.GetCultureInfo(locale.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? "ja" : "en");
    }
}
