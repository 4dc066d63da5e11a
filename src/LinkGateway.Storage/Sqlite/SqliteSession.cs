using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LinkGateway.Storage.Sqlite;

/// <summary>One connection with its prepared statements. One user at a time.</summary>
sealed class SqliteSession : IDisposable
{
    // SQLITE_DBSTATUS_CACHE_WRITE: pages that the connection has written, which in WAL mode is what the log has grown by.
    const int PagesWritten = 9;

    readonly SqliteConnection _connection;
    readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    public SqliteSession(string path)
    {
        Path = path;
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 };
        _connection = new SqliteConnection(settings.ToString());
        _connection.Open();
    }

    public string Path { get; }

    /// <summary>False when SQLite itself has rolled the transaction back, as it does on some failures of the medium.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Makes a function known to the statements of this connection.</summary>
    public void Define(string name, Func<string, byte[]> function) => _connection.CreateFunction(name, function, isDeterministic: true);

    /// <summary>Runs statements that are not worth preparing.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a prepared statement with the values for ?1, ?2, …; returns the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The number that a prepared statement answers.</summary>
    public long Scalar(string sql, params ReadOnlySpan<object?> values) => (long)Prepare(sql, values).ExecuteScalar()!;

    /// <summary>All rows of a prepared query.</summary>
    public List<T> Query<T>(string sql, RowMapper<T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            var row = new RowReader(reader);
            rows.Add(map(ref row));
        }

        return rows;
    }

    /// <summary>Pages written since the last call.</summary>
    public int TakePagesWritten()
    {
        var result = raw.sqlite3_db_status(_connection.Handle, PagesWritten, out var pages, out _, 1);
        return result == raw.SQLITE_OK ? pages : 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        ref var command = ref CollectionsMarshal.GetValueRefOrAddDefault(_statements, sql, out _);
        command ??= NewCommand(sql, values.Length);
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    SqliteCommand NewCommand(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
        return command;
    }
}
