namespace LinkGateway.Cli.Connecting;

/// <summary>Defaults for options, under one name in <c>linkgw.json</c>. Paths are absolute once read.</summary>
sealed record Profile
{
    /// <summary>Address of the gateway's batch service.</summary>
    public string? Server { get; init; }

    /// <summary>Address of the gateway's listener for operators.</summary>
    public string? OperatorServer { get; init; }

    /// <summary>User for Basic authentication.</summary>
    public string? User { get; init; }

    /// <summary>File whose first line is the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Client certificate with key, PFX or PEM.</summary>
    public string? ClientCert { get; init; }

    /// <summary>Certificates that the gateway's own must be or be issued by.</summary>
    public IReadOnlyList<string> Trust { get; init; } = [];

    /// <summary>Certificates whose receipts are believed.</summary>
    public IReadOnlyList<string> ReceiptTrust { get; init; } = [];

    /// <summary>Participant that sends.</summary>
    public string? Origin { get; init; }

    /// <summary>Receivers.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Interface id.</summary>
    public string? Interface { get; init; }

    /// <summary>Environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Character encoding of the files.</summary>
    public string? Charset { get; init; }

    /// <summary>The profile with its paths taken from a folder.</summary>
    public Profile From(string folder) => this with
    {
        PasswordFile = PasswordFile is null ? null : Path.Combine(folder, PasswordFile),
        ClientCert = ClientCert is null ? null : Path.Combine(folder, ClientCert),
        Trust = [.. Trust.Select(path => Path.Combine(folder, path))],
        ReceiptTrust = [.. ReceiptTrust.Select(path => Path.Combine(folder, path))],
    };
}
