namespace LinkGateway.Contract.Identity;

/// <summary>団体コード: the code of a municipality or prefecture, always text because leading zeros matter.</summary>
/// <remarks>
/// Six ASCII digits, the last a check digit: the first five are weighted 6, 5, 4, 3, 2 and summed; with r the remainder modulo 11, the
/// check digit is the last digit of 11 − r (r = 0 gives 1, r = 1 gives 0). The 行政区域コード of five digits is the same code without it.
/// </remarks>
public readonly record struct OrganisationCode
{
    readonly string? _digits;

    OrganisationCode(string digits) => _digits = digits;

    /// <summary>Takes six digits with the right check digit, or five digits, which are completed; anything else is refused.</summary>
    public static bool TryParse(string? text, out OrganisationCode code)
    {
        code = default;
        if (text is not { Length: 5 or 6 } || !text.All(char.IsAsciiDigit)) return false;

        var checkDigit = CheckDigit(text.AsSpan(0, 5));
        if (text.Length == 6 && text[5] != checkDigit) return false;

        code = new OrganisationCode(text.Length == 6 ? text : text + checkDigit);
        return true;
    }

    /// <summary>The six digits; empty for the default value, which is no code.</summary>
    public override string ToString() => _digits ?? "";

    static char CheckDigit(ReadOnlySpan<char> firstFive)
    {
        var sum = 0;
        for (var i = 0; i < firstFive.Length; i++) sum += (firstFive[i] - '0') * (6 - i);
        return (char)('0' + (11 - sum % 11) % 10);
    }
}
