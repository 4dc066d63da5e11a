using System.Text.Json;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Deliveries by state, destination and reason, counted along the index of states.</summary>
static class GroupRow
{
    // Of a failed delivery without its payload nobody can make anything any more.
    const string Counts = "d.state = ?1 AND (d.state <> 'Failed' OR t.payload_due_at IS NOT NULL)";

    const string Of = """
        delivery d INDEXED BY delivery_state CROSS JOIN transfer t ON t.origin = d.origin AND t.transfer_id = d.transfer_id
            AND t.receiver = d.transfer_receiver AND t.replay = d.transfer_replay
        """;

    public static List<DeliveryGroup> OfState(SqliteSession session, DeliveryState state) => session.Query(
        $"""
        SELECT d.destination_id, coalesce(d.last_error_code, ''), d.next_attempt_at IS NULL, coalesce(max(d.last_error_text), ''),
            count(*), coalesce(sum(t.size), 0), min(d.created_at), min(d.updated_at), json_group_array(DISTINCT d.origin),
            json_group_array(DISTINCT d.receiver)
        FROM {Of} WHERE {Counts} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
        (ref RowReader row) => new DeliveryGroup
        {
            State = state,
            DestinationId = row.Text(),
            Code = row.Text(),
            AtRest = row.Flag(),
            Text = row.Text(),
            Deliveries = row.Number(),
            Bytes = row.Number(),
            Oldest = row.At(),
            ChangedFirst = row.At(),
            Partners = [.. Names(row.Text()).Union(Names(row.Text())).Order(StringComparer.Ordinal)],
        },
        state.ToString());

    static IReadOnlyList<string> Names(string json) => JsonSerializer.Deserialize(json, JournalJson.Default.IReadOnlyListString)!;
}
