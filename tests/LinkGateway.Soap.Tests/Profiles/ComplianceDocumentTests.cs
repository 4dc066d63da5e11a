using System.Text.RegularExpressions;
using LinkGateway.Soap.Profiles;
using LinkGateway.Testing.Files;

namespace LinkGateway.Soap.Tests.Profiles;

/// <summary>docs/wire-compliance.md says what is, and all of it.</summary>
public sealed partial class ComplianceDocumentTests
{
    const int Pitfalls = 47;

    static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "wire-compliance.md"));

    [Fact]
    public void Every_pitfall_has_a_decision_and_a_test() =>
        Assert.All(Enumerable.Range(1, Pitfalls), number =>
        {
            var line = Assert.Single(Lines, line => line.StartsWith($"| {number} |", StringComparison.Ordinal));
            Assert.Matches(TestName(), line.Split('|')[4]);
        });

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories);
        var methods = sources.SelectMany(path => Method().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value).ToHashSet();
        var named = Lines.SelectMany(line => TestName().Matches(line)).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, methods));
    }

    [Fact]
    public void Every_deviation_has_its_rule() =>
        Assert.All(Enum.GetValues<Deviation>(), deviation =>
            Assert.Single(Lines, line => line.StartsWith($"| `{deviation.Name()}` |", StringComparison.Ordinal)
                && line.Contains($"| {deviation.Rule()} |", StringComparison.Ordinal)));

    // Names of tests have words joined by underscores; options and switches have none.
    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\b(?:void|Task) ([A-Z][A-Za-z0-9_]*)\(")]
    private static partial Regex Method();
}
