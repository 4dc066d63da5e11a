using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// One attempt to forward: open, send what is missing with several chunks in flight, commit with the entry gateway's receipt.
/// </summary>
/// <remarks>Every step may be repeated, so an attempt needs to know nothing of the one before it: the peer says what it holds.</remarks>
sealed class Forward
{
    const int MaxCommitRounds = 100;

    // As long as chunks keep coming the attempt goes on; a sender that pauses longer gives the worker back.
    static readonly TimeSpan ChunkPatience = TimeSpan.FromSeconds(30);

    readonly CoreServices _services;
    readonly DeliveryAttempt _attempt;
    readonly GatewayDestination _destination;
    readonly IPeer _peer;
    readonly ForwardSource _source;
    readonly IDeliveryEvents _events;
    readonly TransferReference _reference;
    readonly RemoteHeld _remote;
    int _remoteAttempt;

    public Forward(
        CoreServices services, DeliveryAttempt attempt, GatewayDestination destination, IPeer peer, ForwardSource source,
        IDeliveryEvents events)
    {
        (_services, _attempt, _destination, _peer, _source, _events) = (services, attempt, destination, peer, source, events);
        _remote = new RemoteHeld(source.Record.ChunkSize);
        _reference = new TransferReference
        {
            Origin = source.Record.Identity.Origin,
            TransferId = source.Record.Identity.TransferId,
            Receiver = attempt.Record.Receiver,
            Replay = attempt.Record.Replay,
        };
    }

    public async ValueTask<DeliveryOutcome> RunAsync(CancellationToken cancellationToken)
    {
        if (_source.IsEnded) return new DeliveryOutcome.Ended();
        if (await OpenAsync(cancellationToken) is { } early) return early;
        for (var round = 0; round < MaxCommitRounds; round++)
        {
            if (await SendAsync(cancellationToken) is { } obstacle) return obstacle;
            if (await CommitAsync(cancellationToken) is { } settled) return settled;
        }

        return new DeliveryOutcome.Retry(ErrorCatalogue.DestinationRefused.Code, $"{_destination.Id} did not finish verifying");
    }

    async ValueTask<DeliveryOutcome?> OpenAsync(CancellationToken cancellationToken)
    {
        var record = _source.Record;
        var request = new OpenTransferRequest
        {
            Transfer = _reference,
            Manifest = record.Manifest,
            Hops = [.. record.Hops, _services.Configuration.Current.Configuration.Gateway.Id],
            ChunkSize = record.ChunkSize,
        };
        var answer = await _peer.OpenTransferAsync(request, cancellationToken);
        if (answer.Code == ErrorCatalogue.IdentityTaken.Code && await ClearStaleAsync(cancellationToken))
            answer = await _peer.OpenTransferAsync(request, cancellationToken);
        if (answer.Code == ErrorCatalogue.WrongState.Code) return EndedThere(answer.Text);
        if (answer.Code == ErrorCatalogue.ReplayTaken.Code)
            return new DeliveryOutcome.Failed(answer.Code, $"{_destination.Id}: {answer.Text}");
        if (!answer.Answered) return PeerTrouble.Judge(answer, _destination.Id);
        if (answer.Value.State == nameof(TransferState.Accepted)) return HandedOver(answer.Value.Receipt, earlier: true);

        // It is not accepted there, and no commit of ours is under way: whatever was in doubt, it did not happen.
        _attempt.Doubts.Remove(_destination.Id);
        _remoteAttempt = answer.Value.Attempt;
        _remote.Add(answer.Value.Held);
        var unread = await ReadHeldAsync(answer.Value.HeldFrom, cancellationToken);
        _attempt.Flight?.Held(_remote.Count * record.ChunkSize);
        return unread;
    }

    /// <summary>It was accepted there and cancelled since: there is no doubt any more, and no attempt can help.</summary>
    DeliveryOutcome.Failed EndedThere(string text)
    {
        _attempt.Doubts.Remove(_destination.Id);
        var refused = ErrorCatalogue.DestinationRefused;
        return new DeliveryOutcome.Failed(refused.Code, refused.Text([_destination.Id, text], japanese: false));
    }

    /// <summary>Withdraws what an earlier, cancelled upload of the same id has left unfinished at the peer.</summary>
    async ValueTask<bool> ClearStaleAsync(CancellationToken cancellationToken)
    {
        var status = await _peer.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = _reference }, cancellationToken);
        if (!status.Answered || status.Value.State == nameof(TransferState.Accepted)) return false;
        // It may have ended by itself meanwhile: then the id is free.
        if (status.Value.State is not (nameof(TransferState.Open) or nameof(TransferState.Verifying))) return true;
        return (await WithdrawAsync(status.Value.Attempt, "replaced by a newer upload of the same id", cancellationToken)).Answered;
    }

    // Only this upload: the same file may have come there by another way meanwhile.
    ValueTask<PeerAnswer<CancelResult>> WithdrawAsync(int remoteAttempt, string reason, CancellationToken cancellationToken) =>
        _peer.CancelTransferAsync(
            new CancelTransferRequest { Transfer = _reference, Reason = reason, Attempt = remoteAttempt }, cancellationToken);

    async ValueTask<DeliveryOutcome?> ReadHeldAsync(long? from, CancellationToken cancellationToken)
    {
        while (from is not null)
        {
            var request = new GetTransferStatusRequest { Transfer = _reference, HeldFrom = from };
            var answer = await _peer.GetTransferStatusAsync(request, cancellationToken);
            if (!answer.Answered) return PeerTrouble.Judge(answer, _destination.Id);
            _remote.Add(answer.Value.Held);
            from = answer.Value.HeldFrom;
        }

        return null;
    }

    /// <summary>Sends chunks until the peer holds all and no more come. Null when it may be committed.</summary>
    async ValueTask<DeliveryOutcome?> SendAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _attempt.TimeUp);
        List<Task<PeerAnswer<PutChunkResult>>> flights = [];
        try
        {
            while (true)
            {
                var changed = _source.Changed;
                if (_source.IsEnded)
                {
                    await WithdrawAsync(_remoteAttempt, "cancelled upstream", cancellationToken);
                    return new DeliveryOutcome.Ended();
                }

                // Looked at before the chunks: whoever is accepted has all its chunks in the map.
                var complete = _source.IsComplete;
                await LaunchAsync(flights, stop.Token);
                if (flights.Count == 0 && complete) return null;
                if (_attempt.TimeUp.IsCancellationRequested) return new DeliveryOutcome.BrokenOff();
                if (flights.Count == 0)
                {
                    if (!await WaitForChunksAsync(changed, cancellationToken)) return new DeliveryOutcome.Idle();
                    continue;
                }

                var landed = await Task.WhenAny(complete || changed.IsCompleted ? flights : [.. flights, changed]);
                if (landed is not Task<PeerAnswer<PutChunkResult>> flight) continue;
                flights.Remove(flight);
                var answer = await flight;
                if (!answer.Answered) return PeerTrouble.Judge(answer, _destination.Id);
            }
        }
        catch (OperationCanceledException) when (_attempt.IsTimeUp(cancellationToken))
        {
            return new DeliveryOutcome.BrokenOff();
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var flight in flights)
                await ((Task)flight)
                    .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async ValueTask LaunchAsync(List<Task<PeerAnswer<PutChunkResult>>> flights, CancellationToken cancellationToken)
    {
        while (flights.Count < _destination.ChunksInFlight)
        {
            if (_remote.TakeNext(_source.Chunks.End, index => _source.Chunks.TryGet(index, out _)) is not { } index) return;
            await _source.OpenReaderAsync(
                reader => _services.Bandwidth.Pace(reader, _source.Record, _attempt.Record, _destination.Id), cancellationToken);
            _source.Chunks.TryGet(index, out var chunk);
            flights.Add(PutAsync(chunk, cancellationToken));
        }
    }

    async Task<PeerAnswer<PutChunkResult>> PutAsync(ChunkRecord chunk, CancellationToken cancellationToken)
    {
        var request = new PutChunkRequest
        {
            Transfer = _reference,
            Attempt = _remoteAttempt,
            Index = chunk.Index,
            Offset = chunk.Index * _source.Record.ChunkSize,
            Length = chunk.Length,
            Sha256 = chunk.Sha256,
        };
        var answer = await _peer.PutChunkAsync(request, _source.Content(chunk), cancellationToken);
        if (answer.Answered) _attempt.Moved(chunk.Length);
        return answer;
    }

    async ValueTask<bool> WaitForChunksAsync(Task changed, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeUp = _services.Scheduler.DelayAsync(ChunkPatience, patience.Token);
        var first = await Task.WhenAny(changed, timeUp);
        await patience.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == changed;
    }

    /// <summary>Commits. Null: the peer lacks something or still verifies, and must be served again.</summary>
    async ValueTask<DeliveryOutcome?> CommitAsync(CancellationToken cancellationToken)
    {
        var record = _source.Record;
        var answer = await _peer.CommitTransferAsync(
            new CommitTransferRequest
            {
                Transfer = _reference,
                Attempt = _remoteAttempt,
                Size = record.Size!.Value,
                Sha256 = record.Sha256!.Value,
                RecordCount = record.RecordCount,
                EntryReceiptDocument = record.EntryReceipt!.Value.ToArray(),
            },
            cancellationToken);

        // A gateway in trouble of its own may have accepted all the same: its journal did what was asked and could not say so.
        if (answer.Outcome == PeerOutcome.InDoubt || answer is { Outcome: PeerOutcome.Refused, OurFault: false })
        {
            return new DeliveryOutcome.InDoubt(
                ErrorCatalogue.DestinationUnreachable.Code, $"{answer.Code} {answer.Text}".Trim(), answer.RetryAfter);
        }

        if (!answer.Answered) return PeerTrouble.Judge(answer, _destination.Id);
        if (answer.Value.State == nameof(TransferState.Accepted)) return HandedOver(answer.Value.Receipt, earlier: false);
        _remote.Remove(answer.Value.Missing);
        if (answer.Value.Missing.Count == 0)
            await _services.Scheduler.DelayAsync(
                TimeSpan.FromSeconds(Math.Clamp(answer.Value.RetryAfterSeconds ?? 1, 1, 600)), cancellationToken);
        return null;
    }

    DeliveryOutcome.HandedOver HandedOver(ReceiptEntry? entry, bool earlier) =>
        new(entry is null ? null : PeerReceipts.Read(_services, _events, _attempt, _destination, entry.ReceiptDocument), earlier);
}
