using System.Text;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Core.Receipts;

/// <summary>Which of the receiving system's errors go into the applied receipt: a receipt stays small, whatever a system writes.</summary>
static class FirstErrors
{
    const int MaxBytes = 8 << 10;
    const int MaxText = 500;

    // The tags around one error.
    const int Around = 100;

    /// <summary>The first errors, long texts shortened, as many as fit; null for none.</summary>
    public static IReadOnlyList<RowError>? Cut(IReadOnlyList<RowError> errors)
    {
        List<RowError> first = [];
        var left = MaxBytes;
        foreach (var error in errors)
        {
            var cut = error with { Code = error.Code is { } code ? Shorten(code) : null, Text = Shorten(error.Text) };
            left -= Around + Encoding.UTF8.GetByteCount(cut.Text) + Encoding.UTF8.GetByteCount(cut.Code ?? "");
            if (left < 0) break;
            first.Add(cut);
        }

        return first.Count == 0 ? null : first;
    }

    static string Shorten(string text) =>
        text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
}
