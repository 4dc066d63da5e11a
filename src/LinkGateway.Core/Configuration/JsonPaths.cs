using System.Text.RegularExpressions;

namespace LinkGateway.Core.Configuration;

/// <summary>JSON paths (RFC 9535) in their shortest form.</summary>
static partial class JsonPaths
{
    /// <summary>The path of a member: <c>.name</c>, or in brackets where the name needs it.</summary>
    public static string Member(string path, string name) =>
        Simple().IsMatch(name) ? $"{path}.{name}" : $"{path}['{Special().Replace(name, @"\$0")}']";

    /// <summary>The path of an element.</summary>
    public static string Element(string path, int index) => $"{path}[{index}]";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Simple();

    [GeneratedRegex(@"[\\']")]
    private static partial Regex Special();
}
