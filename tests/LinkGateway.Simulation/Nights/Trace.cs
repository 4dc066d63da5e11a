using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Nights;

/// <summary>What happened in a night, line by line, for who reads a failure; costs nothing while nobody reads.</summary>
sealed class Trace(Loop loop, TextWriter? output)
{
    /// <summary>Whether anybody reads.</summary>
    public bool IsOn => output is not null;

    public void Write(string who, [InterpolatedStringHandlerArgument("")] Line line) =>
        output?.WriteLine($"{loop.Now.TotalSeconds.ToString("F4", CultureInfo.InvariantCulture),12} {who,-10} {line.Text}");

    /// <summary>Words a line only when it is read.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Line
    {
        readonly StringBuilder? _text;

        public Line(int literalLength, int formattedCount, Trace trace, out bool wanted)
        {
            wanted = trace.IsOn;
            _text = wanted ? new StringBuilder(literalLength + (formattedCount * 16)) : null;
        }

        public string Text => _text?.ToString() ?? "";

        public void AppendLiteral(string text) => _text!.Append(text);

        public void AppendFormatted<T>(T value) => _text!.Append(value);
    }
}
