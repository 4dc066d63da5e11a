using System.Globalization;

namespace LinkGateway.Cli.Texts;

/// <summary>Puts values into messages.</summary>
static class Say
{
    /// <summary>The message with its values; numbers and times are written the same way in both languages.</summary>
    public static string Text(string message, params object?[] values) => string.Format(CultureInfo.InvariantCulture, message, values);
}
