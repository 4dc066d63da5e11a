using System.Collections.Concurrent;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Retention;

namespace LinkGateway.Core.Tests.World;

/// <summary>Remembers what retention told.</summary>
sealed class RecordedRemovals : IRetentionEvents
{
    public ConcurrentQueue<TransferRecord> Removed { get; } = [];

    public ConcurrentQueue<Exception> Troubles { get; } = [];

    /// <summary>Warnings about room and their ends.</summary>
    public ConcurrentQueue<string> Space { get; } = [];

    public int ForgottenTransfers { get; private set; }

    public void PayloadRemoved(TransferRecord transfer) => Removed.Enqueue(transfer);

    public void Forgotten(int transfers) => ForgottenTransfers += transfers;

    public void StraysRemoved(int payloads)
    {
    }

    public void SpaceShort(long freeBytes, long reserve) => Space.Enqueue($"short {freeBytes} < {reserve}");

    public void SpaceEnough(long freeBytes, long reserve) => Space.Enqueue($"enough {freeBytes} >= {reserve}");

    public void Troubled(Exception exception) => Troubles.Enqueue(exception);
}
