namespace LinkGateway.Core.Configuration;

/// <summary>Gathers errors. A value whose shape is wrong gets no further error about its meaning.</summary>
sealed class ErrorList
{
    readonly List<ConfigurationError> _errors = [];
    readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public IReadOnlyList<ConfigurationError> All => _errors;

    public void Add(string path, string problem, string remedy)
    {
        if (_paths.Add(path)) _errors.Add(new(path, problem, remedy));
    }

    public bool Holds(string path) => _paths.Contains(path);
}
