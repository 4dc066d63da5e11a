using LinkGateway.Storage.Sqlite;

namespace LinkGateway.Storage.Tests.Sqlite;

public sealed class SequenceRowTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each begins where it must and takes no more than it was asked for, however many rows a sequence has.</summary>
    [Theory]
    [InlineData(SequenceRow.OpenQuery, "USING INDEX delivery_sequence_open (sequence_key=? AND sequence_place>?)", "s", "", 1)]
    [InlineData(SequenceRow.LastDoneQuery, "USING INDEX delivery_sequence_done (sequence_key=?)", "s")]
    [InlineData(
        SequenceRow.SkippedQuery, "USING COVERING INDEX delivery_sequence_skipped (sequence_key=? AND sequence_place=?)", "s", "1")]
    [InlineData(SequenceRow.NextOpenQuery, "USING INDEX delivery_sequence_open (sequence_key>?)", "")]
    public void A_question_about_a_sequence_is_one_look_up(string query, string plan, params object[] values)
    {
        using var session = new SqliteSession(_folder.File("journal.db"));
        Schema.Migrate(session);

        var steps = session.Query($"EXPLAIN QUERY PLAN {query}", Detail, values);

        Assert.Equal([$"SEARCH delivery {plan}"], steps);
    }

    static string Detail(ref RowReader row)
    {
        for (var column = 0; column < 3; column++) row.Number();
        return row.Text();
    }
}
