using System.Globalization;

namespace LinkGateway.Contract.Errors;

/// <summary>One entry of the error catalogue.</summary>
/// <param name="Code">Stable code, <c>LG-nnnn</c>.</param>
/// <param name="Side">Whose fault it is.</param>
/// <param name="English">Text with <c>{0}</c> placeholders: what, where and what to do.</param>
/// <param name="Japanese">The same in Japanese.</param>
public sealed record ErrorEntry(string Code, FaultSide Side, string English, string Japanese)
{
    /// <summary>The text in English or Japanese, with the values in its placeholders.</summary>
    public string Text(IReadOnlyList<string> arguments, bool japanese) =>
        string.Format(CultureInfo.InvariantCulture, japanese ? Japanese : English, [.. arguments]);
}
