using System.Runtime.InteropServices;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Values as the columns hold them.</summary>
static class ColumnValue
{
    /// <summary>Bytes without a copy where the memory is a whole array, as it is for receipts and gathered payloads.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : bytes.ToArray();

    public static string? Of(DateTimeOffset? instant) => instant is { } value ? Instant.Format(value) : null;

    /// <summary>The placeholders <c>?1, ?2, …</c> for a list of columns.</summary>
    public static string Placeholders(string columns) =>
        string.Join(", ", Enumerable.Range(1, columns.Count(c => c == ',') + 1).Select(i => $"?{i}"));
}
