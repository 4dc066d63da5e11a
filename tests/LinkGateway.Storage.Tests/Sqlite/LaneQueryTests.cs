using System.Globalization;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;
using LinkGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Storage.Tests.Sqlite;

/// <summary>What the queries of the dispatcher cost, however much waits.</summary>
public sealed class LaneQueryTests : IDisposable
{
    const int VirtualMachineSteps = 4;

    readonly TempFolder _folder = new();
    int _made;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_queries_of_the_dispatcher_go_along_indexes_and_sort_nothing()
    {
        await FillAsync(1, 1);
        using var session = new SqliteSession(_folder.File("j.db"));
        foreach (var query in new[] { DeliveryRow.DueLanesQuery, DeliveryRow.DueInLaneQuery, DeliveryRow.NextDueQuery })
        {
            var plan = session.Query(
                $"EXPLAIN QUERY PLAN {query}",
                (ref RowReader row) =>
                {
                    row.Number();
                    row.Number();
                    row.Number();
                    return row.Text();
                },
                "", "", "", "", "", 0, 0);
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));

            // The first lane is the first entry of its index; the list of lanes is what the recursion has found.
            string[] scans = ["SCAN lane", "SCAN CONSTANT ROW", "SCAN delivery USING INDEX delivery_lane"];
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !scans.Contains(step));
            Assert.Contains(plan, step => step.Contains("INDEX delivery_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_lane_in_which_thousands_wait_costs_as_many_steps_as_one_in_which_one_waits()
    {
        await FillAsync(lanes: 20, deliveries: 1);
        var few = Steps();
        await FillAsync(lanes: 20, deliveries: 500);
        Assert.InRange(Steps(), few, few * 2);
    }

    /// <summary>Steps of SQLite's machine that the look for lanes takes.</summary>
    int Steps()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("j.db")};Pooling=False");
        connection.Open();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection.Handle, DeliveryRow.DueLanesQuery, out var statement));
        using (statement)
        {
            raw.sqlite3_bind_text(statement, 1, Instant.UpperBound(Night));
            var lanes = 0;
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW) lanes++;
            Assert.Equal(20, lanes);
            return raw.sqlite3_stmt_status(statement, VirtualMachineSteps, 0);
        }
    }

    async Task FillAsync(int lanes, int deliveries)
    {
        await using var journal = SqliteJournal.Open(new SqliteJournalOptions { Path = _folder.File("j.db") });
        var batch = new JournalBatch();
        for (var lane = 0; lane < lanes; lane++)
        {
            for (var i = 0; i < deliveries; i++)
            {
                var id = (++_made).ToString(CultureInfo.InvariantCulture);
                batch.Deliveries.Add(Delivery(_made, id) with
                {
                    Transfer = new TransferIdentity($"origin-{lane}", id, "", 0),
                    Intention = DeliveryIntention.None,
                });
            }
        }

        await journal.CommitAsync(batch, CancellationToken.None);
    }
}
