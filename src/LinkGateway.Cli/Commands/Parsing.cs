using System.CommandLine;
using System.CommandLine.Parsing;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Cli.Commands;

/// <summary>Options whose values are more than a text; a value that cannot be read is a usage error that names it.</summary>
static class Parsing
{
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => Read(result, text => Quantities.TryParseSize(text, out var bytes) ? bytes : (long?)null),
    };

    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Read(result, text => Quantities.TryParseDuration(text, out var duration) ? duration : (TimeSpan?)null),
    };

    public static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result => Read(result, text => Quantities.TryParseDate(text, out var date) ? date : (DateOnly?)null),
    };

    public static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Read(result, text => Quantities.TryParseInstant(text, out var instant) ? instant : null),
    };

    public static Option<NameValue[]> Properties(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Pair(result, token.Value))],
    };

    /// <summary>An option that holds one of the given words.</summary>
    public static Option<string?> Word(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>Lists given with commas, repeated options or both.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> values) =>
        [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    static T? Read<T>(ArgumentResult result, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        var value = parse(text);
        if (value is null) result.AddError(Say.Text(Messages.ValueWrong, OptionOf(result), text));
        return value;
    }

    static NameValue Pair(ArgumentResult result, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) return new NameValue(text[..equals], text[(equals + 1)..]);
        result.AddError(Say.Text(Messages.ValueWrong, OptionOf(result), text));
        return default;
    }

    static string OptionOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "";
}
