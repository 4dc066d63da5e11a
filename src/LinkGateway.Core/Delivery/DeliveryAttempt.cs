using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>One running attempt: the delivery's row, held by a lease, and the moves that it makes.</summary>
/// <remarks>The row is written by one call at a time; a conflict means that somebody else has decided, and ends the attempt.</remarks>
sealed class DeliveryAttempt(CoreServices services, DeliveryRecord record, TransferRecord transfer, Destination destination)
    : IDisposable
{
    /// <summary>
    /// After so many attempts, one that ends as the one before it is no news: two thousand in ten days would be four thousand events.
    /// </summary>
    public const int QuietAfter = 20;

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly DeliveryState _begunFrom = record.State;
    bool _isUntold;
    Action? _arriving;

    /// <summary>The row as last written.</summary>
    public DeliveryRecord Record { get; private set; } = record;

    /// <summary>The transfer as it was when the attempt began.</summary>
    public TransferRecord Transfer { get; } = transfer;

    /// <summary>Where it goes.</summary>
    public Destination Destination { get; private set; } = destination;

    /// <summary>Destinations that may hold it without anybody here knowing; entered with the next write.</summary>
    public HashSet<string> Doubts { get; } = new(record.Doubts, StringComparer.Ordinal);

    /// <summary>
    /// Whether an earlier attempt may have reached the destination without anybody knowing: it was not answered, or broke off while it ran.
    /// </summary>
    public bool InDoubt { get; } = record.State is DeliveryState.InDoubt or DeliveryState.Sending;

    /// <summary>
    /// Cancelled when the attempt's time is over. It breaks off where it can go on later and nothing is left in doubt: between and within
    /// chunks, never in a commit.
    /// </summary>
    public CancellationToken TimeUp { get; set; }

    /// <summary>Measures how fast it goes by its present way; null where that is not measured.</summary>
    public Flight? Flight { get; set; }

    /// <summary>Called once, when the destination has taken a first part of the file; null where nobody waits to know.</summary>
    public Action? Arriving
    {
        get => _arriving;
        set => _arriving = value;
    }

    /// <summary>Whether the journal could not be used: that says nothing of the destination.</summary>
    public bool JournalFailed { get; set; }

    /// <summary>Tells that a part of the file has arrived.</summary>
    /// <param name="bytes">Its size.</param>
    public void Moved(long bytes)
    {
        Flight?.Moved(bytes, services.Now);
        Interlocked.Exchange(ref _arriving, null)?.Invoke();
    }

    /// <summary>Whether the time is over, and that is why something was cancelled.</summary>
    /// <param name="ended">Cancelled when the attempt is ended by somebody else.</param>
    public bool IsTimeUp(CancellationToken ended) => TimeUp.IsCancellationRequested && !ended.IsCancellationRequested;

    /// <summary>The same of a message, or an attempt before the last one has left a doubt: held by an operator, and released.</summary>
    public bool MessageInDoubt => InDoubt || Doubts.Count > 0;

    /// <summary>Destinations that are left alone and that this attempt may try.</summary>
    public HashSet<string> Probes { get; } = new(StringComparer.Ordinal);

    /// <summary>Turns to another destination; the row says so before anything is sent there.</summary>
    public async ValueTask TurnToAsync(Destination other, CancellationToken cancellationToken)
    {
        if (other.Id != Record.DestinationId)
        {
            // What was offered in an inbox is not any more.
            var why = $"goes by {other.Id}, not by {Record.DestinationId}, {services.Health.Why(Record.DestinationId)}";
            await WriteAsync(
                row => row with { DestinationId = other.Id, OfferedAt = null, LeaseToken = null }, "", cancellationToken,
                (batch, after) => { if (after.Attempts <= QuietAfter) batch.Events.Add(Remark(after, why)); });
        }

        Destination = other;
        services.Running.Turn(Record.DeliveryId, other.Id);
    }

    /// <summary>
    /// Writes the row that <paramref name="change"/> makes of the present one, with <paramref name="more"/> in the same commit; nothing
    /// where it makes none.
    /// </summary>
    public async ValueTask WriteAsync(
        Func<DeliveryRecord, DeliveryRecord?> change, string detail, CancellationToken cancellationToken,
        Action<JournalBatch, DeliveryRecord>? more = null)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var before = Record;
            if (change(before) is not { } changed) return;
            var after = changed with { Doubts = [.. Doubts], UpdatedAt = services.Now, Version = before.Version + 1 };
            var batch = new JournalBatch();
            var isNoNews = IsNoNews(before, after);
            if (after.State == before.State || isNoNews) batch.Deliveries.Add(after);
            else Move(batch, before, after, detail);
            more?.Invoke(batch, after);
            await services.Journal.CommitAsync(batch, cancellationToken);
            if (after.State != before.State) _isUntold = isNoNews;
            Record = after;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Renews the lease until the attempt has ended, also when an operator has ordered something; <paramref name="overtaken"/> is called
    /// when the delivery is no longer held by this attempt.
    /// </summary>
    public async Task KeepLeaseAsync(TimeSpan lease, Action overtaken, CancellationToken ended)
    {
        var ordered = services.OrdersChanged.Next;
        while (true)
        {
            await RestAsync(lease / 3, ordered, ended);
            ordered = services.OrdersChanged.Next;
            try
            {
                // An attempt that has settled has given its lease back: its row says when it ended, and may be somebody else's by now.
                await WriteAsync(row => row.LeaseOwner is null ? null : row with { LeaseUntil = services.Now + lease }, "", ended);
            }
            catch (JournalConflictException)
            {
                overtaken();
                return;
            }
            catch (StorageException)
            {
                // Two thirds of the lease are left, and with them another renewal.
            }
        }
    }

    /// <summary>Whether the move is one of an attempt that begins and ends as the one before it.</summary>
    bool IsNoNews(DeliveryRecord before, DeliveryRecord after)
    {
        if (after.Attempts <= QuietAfter || before.LastErrorCode is null || after.LastErrorCode != before.LastErrorCode) return false;
        return _isUntold
            ? before.State == DeliveryState.Sending && after.State == _begunFrom
            : before.State == _begunFrom && after.State == DeliveryState.Sending;
    }

    static JournalEvent Remark(DeliveryRecord row, string detail) =>
        new(row.UpdatedAt, row.Transfer, row.DeliveryId, $"{row.State}", $"{row.State}", detail);

    void Move(JournalBatch batch, DeliveryRecord before, DeliveryRecord after, string detail)
    {
        // That the attempt began is told with what is news about it.
        if (_isUntold)
        {
            batch.Events.Add(new JournalEvent(
                after.UpdatedAt, after.Transfer, after.DeliveryId, $"{_begunFrom}", $"{before.State}",
                $"attempt {before.Attempts}; those since attempt {QuietAfter} ended alike, and are not listed"));
        }

        batch.Move(before.State, after, detail);
    }

    async Task RestAsync(TimeSpan rest, Task ordered, CancellationToken ended)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ended);
        await Task.WhenAny(ordered, services.Scheduler.DelayAsync(rest, enough.Token));
        await enough.CancelAsync();
        ended.ThrowIfCancellationRequested();
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>The row without its lease, otherwise as it is, to be looked at again.</summary>
    public static DeliveryRecord GiveBack(DeliveryRecord row, DateTimeOffset at) => row.LeaseOwner is null
        ? row
        : row with { LeaseOwner = null, LeaseUntil = null, NextAttemptAt = at };

    /// <summary>The row without its lease, in another state.</summary>
    public static DeliveryRecord Release(
        DeliveryRecord row, DeliveryState state, DateTimeOffset? nextAttemptAt, string? code, string? text) => row with
        {
            State = state,
            NextAttemptAt = nextAttemptAt,
            LeaseOwner = null,
            LeaseUntil = null,
            LeaseToken = null,
            LastErrorCode = code,
            LastErrorText = text,
        };
}
