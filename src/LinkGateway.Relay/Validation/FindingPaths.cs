using System.Text;
using System.Xml;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Validation;

/// <summary>
/// Finds the paths of elements by a second pass, made only where there are findings: counting siblings costs more than validating.
/// </summary>
static class FindingPaths
{
    const int LongestPath = 500;

    public static Dictionary<(int Line, int Position), string> Of(SoapEnvelope envelope, HashSet<(int Line, int Position)> wanted)
    {
        var paths = new Dictionary<(int Line, int Position), string>();
        var levels = new List<Level> { new("/Body") };
        using var reader = envelope.ReadBody();
        var place = (IXmlLineInfo)reader;
        var top = reader.Depth;
        do
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            var depth = reader.Depth - top + 1;
            levels.RemoveRange(depth, levels.Count - depth);
            var count = levels[^1].Count(reader.LocalName);
            var name = FindingTexts.Short(reader.LocalName);
            levels.Add(new Level(count == 1 ? $"/{name}" : $"/{name}[{count}]"));
            if (wanted.Contains((place.LineNumber, place.LinePosition)))
                paths[(place.LineNumber, place.LinePosition)] = Join(levels);
        }
        while (paths.Count < wanted.Count && reader.Read());
        return paths;
    }

    static string Join(List<Level> levels)
    {
        var path = new StringBuilder();
        foreach (var level in levels)
            path.Append(level.Step);
        return path.Length <= LongestPath ? path.ToString() : $"{path.ToString(0, LongestPath)}…";
    }

    sealed class Level(string step)
    {
        readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

        public string Step => step;

        public int Count(string name) => _names[name] = _names.GetValueOrDefault(name) + 1;
    }
}
