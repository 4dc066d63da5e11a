namespace LinkGateway.FaultHarness.Proxying;

/// <summary>A fault that waits for its moment in what callers send.</summary>
/// <param name="mark">What must have passed on the connection first, such as the name of an operation; empty for anything.</param>
/// <param name="bytes">How many bytes more; counted on all connections together where <paramref name="mark"/> is empty.</param>
/// <param name="fault">What then happens to the connection, before the bytes at hand are passed on.</param>
sealed class Ambush(byte[] mark, long bytes, Action<ProxiedConnection> fault)
{
    readonly TaskCompletionSource _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<ProxiedConnection, Trail> _trails = [];
    long _passed;

    /// <summary>Ends when it has happened.</summary>
    public Task Sprung => _sprung.Task;

    /// <summary>Looks at bytes before they are passed on. One caller at a time.</summary>
    public void Look(ProxiedConnection connection, ReadOnlySpan<byte> data)
    {
        if (_sprung.Task.IsCompleted) return;
        if (mark.Length == 0)
        {
            _passed += data.Length;
            if (_passed < bytes) return;
        }
        else if (!TrailOf(connection).Reaches(data, mark, bytes))
        {
            return;
        }
        fault(connection);
        _sprung.SetResult();
    }

    Trail TrailOf(ProxiedConnection connection)
    {
        if (!_trails.TryGetValue(connection, out var trail)) _trails[connection] = trail = new Trail();
        return trail;
    }

    /// <summary>What has passed on one connection.</summary>
    sealed class Trail
    {
        // The mark may lie across the edge of two reads.
        byte[] _end = [];
        long _since = -1;

        public bool Reaches(ReadOnlySpan<byte> data, byte[] mark, long bytes)
        {
            if (_since < 0)
            {
                byte[] joined = [.. _end, .. data];
                var at = joined.AsSpan().IndexOf(mark);
                _end = joined[Math.Max(0, joined.Length - mark.Length + 1)..];
                if (at < 0) return false;
                _since = joined.Length - at;
            }
            else
            {
                _since += data.Length;
            }
            return _since >= bytes;
        }
    }
}
