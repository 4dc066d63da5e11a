using LinkGateway.FaultHarness.Running;
using Microsoft.Data.Sqlite;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// Another program, such as a backup, holds the lock of a gateway's journal: for a moment, or longer than the gateway waits.
/// </summary>
sealed class BusyJournal : Scenario
{
    public override string Name => "busy-journal";

    public override int LongRuns => 8;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, line) = (run.File(), Leg.InTurn(run));
        var victim = line == run.Fleet.ToEntry ? run.Fleet.Entry : run.Fleet.Last;
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        var journal = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(victim.DataFolder, "journal", "journal.db"),
            Pooling = false,
        };
        using (var connection = new SqliteConnection(journal.ToString()))
        {
            connection.Open();
            Execute(connection, "BEGIN IMMEDIATE");
            await Task.Delay(TimeSpan.FromSeconds(run.Options.Short || run.Index % 4 < 2 ? 2 : 15), cancellationToken);
            Execute(connection, "ROLLBACK");
        }
        await sending;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
