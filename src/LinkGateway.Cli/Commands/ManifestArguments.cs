using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Cli.Commands;

/// <summary>The options that say what a file is: the manifest.</summary>
sealed class ManifestArguments
{
    /// <summary>Kinds of files.</summary>
    public static readonly string[] Kinds = ["full", "difference", "change"];

    /// <summary>Environments.</summary>
    public static readonly string[] Environments = ["production", "training", "test"];

    readonly Option<string[]> _to = new("--to") { Description = Messages.OptionTo, HelpName = "ID[,ID]" };
    readonly Option<string?> _interface = Text("--interface", Messages.OptionInterface);
    readonly Option<string?> _interfaceVersion = Text("--interface-version", Messages.OptionInterfaceVersion);
    readonly Option<string?> _kind = Parsing.Word("--kind", Messages.OptionKind, Kinds);
    readonly Option<string?> _environment = Parsing.Word("--environment", Messages.OptionEnvironment, Environments);
    readonly Option<string?> _id = Text("--id", Messages.OptionId);
    readonly Option<string?> _name = Text("--name", Messages.OptionName);
    readonly Option<long?> _recordCount = new("--record-count") { Description = Messages.OptionRecordCount, HelpName = "N" };
    readonly Option<string?> _charset = Text("--charset", Messages.OptionCharset);
    readonly Option<string?> _mediaType = Text("--media-type", Messages.OptionMediaType);
    readonly Option<DateOnly?> _baseDate = Parsing.Date("--base-date", Messages.OptionBaseDate);
    readonly Option<string?> _baseTransfer = Text("--base-transfer", Messages.OptionBaseTransfer);
    readonly Option<DateTimeOffset?> _notAfter = Parsing.Instant("--not-after", Messages.OptionNotAfter);
    readonly Option<string?> _setId = Text("--set-id", Messages.OptionSetId);
    readonly Option<int?> _setIndex = new("--set-index") { Description = Messages.OptionSetIndex, HelpName = "N" };
    readonly Option<int?> _setCount = new("--set-count") { Description = Messages.OptionSetCount, HelpName = "N" };
    readonly Option<NameValue[]> _properties = Parsing.Properties("--property", Messages.OptionProperty);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _to, _interface, _interfaceVersion, _kind, _environment, _id, _name, _recordCount, _charset, _mediaType, _baseDate,
            _baseTransfer, _notAfter, _setId, _setIndex, _setCount, _properties,
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
    /// <param name="fields">What a list says of the file, before the command line.</param>
    /// <exception cref="UsageException">A value without default is missing.</exception>
    public Manifest Manifest(
        ParseResult arguments, Profile profile, string origin, string? path, DateTimeOffset now, ManifestFields? fields = null)
    {
        var line = fields ?? ManifestFields.None;
        var given = line.To.Count > 0 ? line.To : Parsing.Split(arguments.GetValue(_to) ?? []);
        var receivers = given.Count > 0 ? given : profile.To;
        if (receivers.Count == 0) throw UsageException.Missing("--to");
        var fileName = line.Name ?? arguments.GetValue(_name) ?? Path.GetFileName(path) ?? throw UsageException.Missing("--name");
        return new Manifest
        {
            Origin = origin,
            Receivers = receivers,
            InterfaceId = line.Interface ?? arguments.GetValue(_interface) ?? profile.Interface
                ?? throw UsageException.Missing("--interface"),
            InterfaceVersion = line.InterfaceVersion ?? arguments.GetValue(_interfaceVersion),
            TransferId = line.Id ?? arguments.GetValue(_id) ?? "",
            Kind = line.Kind ?? arguments.GetValue(_kind) ?? "full",
            BaseTransferId = line.BaseTransfer ?? arguments.GetValue(_baseTransfer),
            BaseDate = line.BaseDate ?? arguments.GetValue(_baseDate),
            Environment = line.Environment ?? arguments.GetValue(_environment) ?? profile.Environment ?? "production",
            CreatedAt = now,
            NotAfter = line.NotAfter ?? arguments.GetValue(_notAfter),
            SetId = arguments.GetValue(_setId),
            SetIndex = arguments.GetValue(_setIndex),
            SetCount = arguments.GetValue(_setCount),
            FileName = fileName,
            MediaType = line.MediaType ?? arguments.GetValue(_mediaType) ?? "text/csv",
            Charset = line.Charset ?? arguments.GetValue(_charset) ?? profile.Charset,
            RecordCount = line.RecordCount ?? arguments.GetValue(_recordCount),
            Properties = Properties(arguments.GetValue(_properties) ?? [], line.Properties),
        };
    }

    /// <summary>Refuses the options that are of one file only.</summary>
    /// <exception cref="UsageException">One of them is given.</exception>
    public void RefuseForLists(ParseResult arguments)
    {
        foreach (Option option in new Option[] { _id, _name, _recordCount, _setId, _setIndex, _setCount })
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new UsageException(Say.Text(Messages.ListOption, option.Name));
        }
    }

    static IReadOnlyList<NameValue> Properties(NameValue[] given, IReadOnlyDictionary<string, string> line) =>
        [.. given.Where(one => !line.ContainsKey(one.Name)), .. line.Select(one => new NameValue(one.Key, one.Value))];

    static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = name.TrimStart('-').ToUpperInvariant() };
}
