using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>note</c>: small facts under their names.</summary>
static class NoteRow
{
    public static void Put(SqliteSession session, JournalNote note)
    {
        if (note.Value is null)
        {
            session.Execute("DELETE FROM note WHERE name = ?1", note.Name);
            return;
        }

        session.Execute(
            "INSERT INTO note (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            note.Name, note.Value);
    }

    /// <summary>Those whose names begin with a text, by name.</summary>
    public static List<JournalNote> Of(SqliteSession session, string prefix) => session.Query(
        "SELECT name, value FROM note WHERE name >= ?1 AND name < ?2 ORDER BY name",
        (ref RowReader row) => new JournalNote(row.Text(), row.Text()),
        prefix, prefix + '\uFFFF');
}
