using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Connecting;

/// <summary>The options with which every command that talks to a gateway says where and as whom.</summary>
sealed class ConnectionArguments
{
    /// <summary>The variable that holds the password.</summary>
    public const string PasswordVariable = "LINKGW_PASSWORD";

    readonly Option<string?> _server = new("--server") { Description = Messages.OptionServer, HelpName = "URL" };
    readonly Option<string?> _user = new("--user") { Description = Messages.OptionUser, HelpName = "USER" };
    readonly Option<string?> _passwordFile = new("--password-file") { Description = Messages.OptionPasswordFile, HelpName = "FILE" };
    readonly Option<string?> _clientCert = new("--client-cert") { Description = Messages.OptionClientCert, HelpName = "PFX|PEM" };
    readonly Option<string[]> _trust = new("--trust") { Description = Messages.OptionTrust, HelpName = "CERT" };
    readonly Option<bool> _plainHttp = new("--allow-plain-http") { Description = Messages.OptionPlainHttp };
    readonly Option<string?> _profile = new("--profile") { Description = Messages.OptionProfile, HelpName = "NAME" };
    readonly Option<string?> _origin = new("--origin") { Description = Messages.OptionOrigin, HelpName = "ID" };

    bool _ofOperators;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _server, _user, _passwordFile, _clientCert, _trust, _plainHttp, _profile })
            command.Options.Add(option);
        if (!_ofOperators) command.Options.Add(_origin);
    }

    /// <summary>The profile that the command line chooses.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public Profile Profile(ParseResult arguments, CliHost host) => ProfileFile.Read(host, arguments.GetValue(_profile));

    /// <summary>The origin: stated, or the user's name, since a participant's user is called as it is by custom.</summary>
    /// <exception cref="UsageException">Neither is known.</exception>
    public string Origin(ParseResult arguments, Profile profile) =>
        arguments.GetValue(_origin) ?? profile.Origin ?? arguments.GetValue(_user) ?? profile.User
        ?? throw UsageException.Missing("--origin");

    /// <summary>The reference that names a transfer of the origin.</summary>
    /// <exception cref="UsageException">The origin is not known.</exception>
    public TransferReference Reference(ParseResult arguments, Profile profile, string transferId) =>
        new() { Origin = Origin(arguments, profile), TransferId = transferId };

    /// <summary>The options of commands that talk to a gateway's listener for operators.</summary>
    public static ConnectionArguments OfOperators() =>
        new() { _server = { Description = Messages.OptionOperatorServer }, _ofOperators = true };

    /// <summary>Whether the command line names an address.</summary>
    public bool NamesServer(ParseResult arguments) => arguments.GetValue(_server) is not null;

    /// <summary>Connects to a listener for operators; nothing is sent yet.</summary>
    /// <exception cref="UsageException">The address is missing, or a file cannot be read.</exception>
    public OperatorLink ConnectOperators(ParseResult arguments, CliHost host)
    {
        var profile = Profile(arguments, host);
        var (address, options) = Where(arguments, host, profile, profile.OperatorServer);
        return OperatorLink.Open(address, options, host);
    }

    /// <summary>Connects; nothing is sent yet.</summary>
    /// <exception cref="UsageException">The address is missing, or a file cannot be read.</exception>
    public GatewayLink Connect(ParseResult arguments, CliHost host, Profile profile)
    {
        var (address, options) = Where(arguments, host, profile, profile.Server);
        return GatewayLink.Open(address, options, host);
    }

    (Uri Address, ConnectionOptions Options) Where(ParseResult arguments, CliHost host, Profile profile, string? otherwise)
    {
        var server = arguments.GetValue(_server) ?? otherwise ?? throw UsageException.Missing("--server");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address)) throw new UsageException(Say.Text(Messages.ServerWrong, server));
        var user = arguments.GetValue(_user) ?? profile.User;
        var trust = arguments.GetValue(_trust) is { Length: > 0 } given ? given : profile.Trust;
        var clientCert = arguments.GetValue(_clientCert) ?? profile.ClientCert;
        return (address, new()
        {
            User = user,
            Password = user is null ? null : Password(arguments, host, profile),
            ClientCertificate = clientCert is null ? null : CertificateFiles.WithKey(clientCert, host.Variable),
            TrustedServerCertificates = CertificateFiles.Trusted(trust),
            AllowPlainHttp = arguments.GetValue(_plainHttp),
        });
    }

    string Password(ParseResult arguments, CliHost host, Profile profile)
    {
        // Never on the command line, where other users of the machine could read it.
        var path = arguments.GetValue(_passwordFile);
        if (path is null && host.Variable(PasswordVariable) is { } set) return set;
        path ??= profile.PasswordFile;
        if (path is null) throw new UsageException(Say.Text(Messages.PasswordMissing, PasswordVariable, "--password-file"));
        return File.ReadLines(path).FirstOrDefault() ?? "";
    }
}
