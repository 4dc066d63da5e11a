using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Cli.Commands;

/// <summary>The options that say what a file is: the manifest.</summary>
sealed class ManifestArguments
{
    readonly Option<string[]> _to = new("--to") { Description = Messages.OptionTo, HelpName = "ID[,ID]" };
    readonly Option<string?> _interface = Text("--interface", Messages.OptionInterface);
    readonly Option<string?> _interfaceVersion = Text("--interface-version", Messages.OptionInterfaceVersion);
    readonly Option<string?> _kind = Parsing.Word("--kind", Messages.OptionKind, "full", "difference", "change");
    readonly Option<string?> _environment = Parsing.Word("--environment", Messages.OptionEnvironment, "production", "training", "test");
    readonly Option<string?> _id = Text("--id", Messages.OptionId);
    readonly Option<string?> _name = Text("--name", Messages.OptionName);
    readonly Option<long?> _recordCount = new("--record-count") { Description = Messages.OptionRecordCount, HelpName = "N" };
    readonly Option<string?> _charset = Text("--charset", Messages.OptionCharset);
    readonly Option<string?> _mediaType = Text("--media-type", Messages.OptionMediaType);
    readonly Option<DateOnly?> _baseDate = Parsing.Date("--base-date", Messages.OptionBaseDate);
    readonly Option<string?> _baseTransfer = Text("--base-transfer", Messages.OptionBaseTransfer);
    readonly Option<DateTimeOffset?> _notAfter = Parsing.Instant("--not-after", Messages.OptionNotAfter);
    readonly Option<NameValue[]> _properties = Parsing.Properties("--property", Messages.OptionProperty);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _to, _interface, _interfaceVersion, _kind, _environment, _id, _name, _recordCount, _charset, _mediaType, _baseDate,
            _baseTransfer, _notAfter, _properties,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The manifest of a file, with an empty transfer id where none was given.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="profile">Defaults.</param>
    /// <param name="origin">The origin.</param>
    /// <param name="path">The file; null for a pipe, which needs a name.</param>
    /// <param name="now">Time of making.</param>
    /// <exception cref="UsageException">A value without default is missing.</exception>
    public Manifest Manifest(ParseResult arguments, Profile profile, string origin, string? path, DateTimeOffset now)
    {
        var given = Parsing.Split(arguments.GetValue(_to) ?? []);
        var receivers = given.Count > 0 ? given : profile.To;
        if (receivers.Count == 0) throw UsageException.Missing("--to");
        return new Manifest
        {
            Origin = origin,
            Receivers = receivers,
            InterfaceId = arguments.GetValue(_interface) ?? profile.Interface ?? throw UsageException.Missing("--interface"),
            InterfaceVersion = arguments.GetValue(_interfaceVersion),
            TransferId = arguments.GetValue(_id) ?? "",
            Kind = arguments.GetValue(_kind) ?? "full",
            BaseTransferId = arguments.GetValue(_baseTransfer),
            BaseDate = arguments.GetValue(_baseDate),
            Environment = arguments.GetValue(_environment) ?? profile.Environment ?? "production",
            CreatedAt = now,
            NotAfter = arguments.GetValue(_notAfter),
            FileName = arguments.GetValue(_name) ?? Path.GetFileName(path) ?? throw UsageException.Missing("--name"),
            MediaType = arguments.GetValue(_mediaType) ?? "text/csv",
            Charset = arguments.GetValue(_charset) ?? profile.Charset,
            RecordCount = arguments.GetValue(_recordCount),
            Properties = arguments.GetValue(_properties) ?? [],
        };
    }

    static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = name.TrimStart('-').ToUpperInvariant() };
}
