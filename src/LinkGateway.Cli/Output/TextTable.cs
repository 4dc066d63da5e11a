using Spectre.Console;

namespace LinkGateway.Cli.Output;

/// <summary>A table of plain texts.</summary>
static class TextTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="host">Where.</param>
    /// <param name="heads">The heads of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void Write(CliHost host, IEnumerable<string> heads, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head)));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Out) });
        console.Profile.Width = host.OutWidth;
        console.Write(table);
    }
}
