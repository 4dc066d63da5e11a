using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli.Commands;

/// <summary>
/// A list of files to send: a line holds a path, and after a tab, where there is something to say of the file, a JSON object. Empty lines
/// and lines that begin with <c>#</c> say nothing.
/// </summary>
static class FileList
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a list whole.</summary>
    /// <param name="input">The list, in UTF-8.</param>
    /// <exception cref="UsageException">At least one line is wrong; all of them are named.</exception>
    public static IReadOnlyList<ListedFile> Read(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        List<ListedFile> files = [];
        List<string> errors = [];
        HashSet<string> paths = [];
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var path = tab < 0 ? line : line[..tab];
            if (!File.Exists(path)) errors.Add(Error(number, Say.Text(Messages.FileMissing, path)));
            else if (!paths.Add(Path.GetFullPath(path))) errors.Add(Error(number, Say.Text(Messages.ListTwice, path)));
            if (FieldsOf(tab < 0 ? "" : line[(tab + 1)..], number, errors) is { } fields) files.Add(new ListedFile(number, path, fields));
        }

        if (errors.Count > 0) throw new UsageException(string.Join(Environment.NewLine, errors));
        return files.Count > 0 ? files : throw new UsageException(Messages.ListEmpty);
    }

    static ManifestFields? FieldsOf(string text, int number, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(text)) return ManifestFields.None;
        try
        {
            var fields = JsonSerializer.Deserialize<ManifestFields>(text, Json) ?? ManifestFields.None;
            if (IsNoneOf(fields.Kind, ManifestArguments.Kinds))
                errors.Add(Error(number, Say.Text(Messages.ValueWrong, "kind", fields.Kind)));
            if (IsNoneOf(fields.Environment, ManifestArguments.Environments))
                errors.Add(Error(number, Say.Text(Messages.ValueWrong, "environment", fields.Environment)));
            return fields;
        }
        catch (JsonException e)
        {
            errors.Add(Error(number, e.Message));
            return null;
        }
    }

    static bool IsNoneOf(string? value, string[] words) => value is not null && !words.Contains(value);

    static string Error(int line, string text) => Say.Text(Messages.ListLine, line, text);
}
