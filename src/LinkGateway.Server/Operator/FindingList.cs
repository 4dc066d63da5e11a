using LinkGateway.Contract.Operator;

namespace LinkGateway.Server.Operator;

/// <summary>Gathers findings.</summary>
sealed class FindingList
{
    readonly List<ConfigurationFinding> _all = [];

    /// <summary>The findings so far.</summary>
    public IReadOnlyList<ConfigurationFinding> All => _all;

    /// <summary>The gateway would not start or not work.</summary>
    public void Error(string path, string problem, string remedy) => Add(ConfigurationFinding.Error, path, problem, remedy);

    /// <summary>It works now and needs attention.</summary>
    public void Warning(string path, string problem, string remedy) => Add(ConfigurationFinding.Warning, path, problem, remedy);

    void Add(string severity, string path, string problem, string remedy) =>
        _all.Add(new ConfigurationFinding { Severity = severity, Path = path, Problem = problem, Remedy = remedy });
}
