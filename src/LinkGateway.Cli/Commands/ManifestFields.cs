namespace LinkGateway.Cli.Commands;

/// <summary>What a line of a list says of its file; named as the options, which hold where a line says nothing.</summary>
sealed record ManifestFields
{
    public static ManifestFields None { get; } = new();

    public IReadOnlyList<string> To { get; init; } = [];

    public string? Interface { get; init; }

    public string? InterfaceVersion { get; init; }

    public string? Kind { get; init; }

    public string? Environment { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public long? RecordCount { get; init; }

    public string? Charset { get; init; }

    public string? MediaType { get; init; }

    public DateOnly? BaseDate { get; init; }

    public string? BaseTransfer { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Added to those of the command line; a name of both has the value of the line.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}
