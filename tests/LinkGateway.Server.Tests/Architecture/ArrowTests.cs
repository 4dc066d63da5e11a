using System.Xml.Linq;

namespace LinkGateway.Server.Tests.Architecture;

/// <summary>The arrows between projects (DESIGN section 3): downwards only, and nothing that a project must not know.</summary>
public sealed class ArrowTests
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contract"] = [],
        ["Soap"] = [],
        ["Csv"] = [],
        ["Core"] = ["Contract"],
        ["Storage"] = ["Core"],
        ["Soap.AspNetCore"] = ["Soap"],
        ["Soap.CoreWcf"] = ["Soap"],
        ["Client"] = ["Soap", "Contract"],
        ["Relay"] = ["Soap", "Core"],
        ["Server"] = ["Contract", "Soap", "Soap.AspNetCore", "Soap.CoreWcf", "Csv", "Core", "Storage", "Relay", "Client"],
        ["Cli"] = ["Client", "Contract", "Csv", "Core"],
    };

    static readonly string[] WithAspNetCore = ["Soap.AspNetCore", "Soap.CoreWcf", "Server"];

    static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Contract"] = ["System.Security.Cryptography.Xml"],
        ["Soap"] = [],
        ["Core"] = ["Microsoft.CodeAnalysis.BannedApiAnalyzers"],
    };

    public static TheoryData<string> Projects() =>
        [.. Directory.GetDirectories(Path.Combine(Root(), "src")).Select(folder => Path.GetFileName(folder)["LinkGateway.".Length..])];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} has no place in the design's house.");
        Assert.Empty(References(project).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_hosts_know_ASP_NET_Core(string project)
    {
        var file = Load(project);
        var knows = file.Root!.Attribute("Sdk")!.Value.EndsWith(".Web", StringComparison.Ordinal)
            || file.Descendants("FrameworkReference").Any(reference => reference.Attribute("Include")!.Value == "Microsoft.AspNetCore.App");
        Assert.Equal(WithAspNetCore.Contains(project), knows);
    }

    [Theory]
    [InlineData("Contract")]
    [InlineData("Soap")]
    [InlineData("Core")]
    public void The_inner_projects_take_no_packages_but_those_named(string project) =>
        Assert.Empty(Load(project).Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .Except(AllowedPackages[project]));

    [Fact]
    public void The_command_line_uses_Core_for_configuration_only()
    {
        var sources = Directory.GetFiles(Path.Combine(Root(), "src", "LinkGateway.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var used = sources.SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("using LinkGateway.Core.", StringComparison.Ordinal))
            .Select(line => line["using LinkGateway.Core.".Length..].TrimEnd(';'))
            .Distinct();
        Assert.Equal(["Configuration"], used);
    }

    static IEnumerable<string> References(string project) => Load(project).Descendants("ProjectReference")
        .Select(reference =>
            Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))["LinkGateway.".Length..]);

    static XDocument Load(string project) =>
        XDocument.Load(Path.Combine(Root(), "src", $"LinkGateway.{project}", $"LinkGateway.{project}.csproj"));

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LinkGateway.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
