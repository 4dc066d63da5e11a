using LinkGateway.Core.Intake;

namespace LinkGateway.Server.Ports;

/// <summary>The resident memory of this process, looked up once a second at most. Thread-safe.</summary>
sealed class ProcessMemory(TimeProvider time) : IMemoryUse
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    long _bytes;
    long _lookedAt = long.MinValue;

    public long BytesInUse()
    {
        lock (_lock)
        {
            if (_lookedAt != long.MinValue && time.GetElapsedTime(_lookedAt) < Fresh) return _bytes;
            (_bytes, _lookedAt) = (Environment.WorkingSet, time.GetTimestamp());
            return _bytes;
        }
    }
}
