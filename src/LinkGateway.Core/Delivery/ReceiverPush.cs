using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// One attempt to push a file: where an earlier attempt is in doubt the receiving system is asked first, then the file is sent, whole or in
/// chunks, under the same identity as ever.
/// </summary>
/// <remarks>
/// What was sent and not answered is in doubt (DESIGN section 4, item 8). GetTransferStatus, where it is offered, and OpenTransfer tell
/// what became of it; who offers neither gets the file at least once, or at most once where the destination says so.
/// </remarks>
sealed class ReceiverPush(
    CoreServices services, TransferService transfers, DeliveryAttempt attempt, ReceiverDestination destination, IFileReceiver receiver,
    IReadOnlyList<ChunkRecord> chunks)
{
    const int MaxReference = 255;

    readonly TransferReference _reference = new()
    {
        Origin = attempt.Transfer.Identity.Origin,
        TransferId = attempt.Transfer.Identity.TransferId,
        Receiver = attempt.Record.Receiver,
        Replay = attempt.Record.Replay,
    };

    /// <summary>Whether the receiving system may hold the file from an earlier attempt, as far as it has not said otherwise.</summary>
    bool InDoubt => attempt.Doubts.Contains(destination.Id);

    bool ByChunks => destination.HandOver == HandOver.Chunks;

    bool CanAsk => destination.OffersStatus || ByChunks;

    public async ValueTask<DeliveryOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // An operator who settles what is held as not delivered has decided: then the attempt does not begin in doubt.
        if (InDoubt && !CanAsk && destination.AtMostOnce)
            return HoldInDoubt("the file was sent and not answered, or this gateway stopped while it was sent");
        if (InDoubt && !ByChunks && destination.OffersStatus && await AskAsync(cancellationToken) is { } known) return known;
        return ByChunks ? await SendChunksAsync(cancellationToken) : await SubmitAsync(cancellationToken);
    }

    /// <summary>Asks what became of the earlier attempt. Null: the file is not there, and may be sent.</summary>
    async ValueTask<DeliveryOutcome?> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await receiver.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = _reference }, cancellationToken);
        if (!answer.Answered) return Judge(answer, commits: false);
        if (Judge(answer.Value) is { } known) return known;
        attempt.Doubts.Remove(destination.Id);
        return null;
    }

    async ValueTask<DeliveryOutcome> SubmitAsync(CancellationToken cancellationToken)
    {
        var transfer = attempt.Transfer;
        var request = new SubmitFileRequest
        {
            Transfer = _reference,
            Manifest = transfer.Manifest,
            Hops = Hops(),
            ChunkSize = transfer.ChunkSize,
            EntryReceiptDocument = transfer.EntryReceipt!.Value.ToArray(),
        };
        await using var reader = await OpenAsync(cancellationToken);
        using var content = new PayloadContent(reader, transfer.ChunkSize, chunks);
        var (answer, damaged) = await SendAsync(content, () => receiver.SubmitFileAsync(request, content, cancellationToken));
        return damaged ?? (answer!.Answered ? Settle(answer.Value) : Judge(answer, commits: true));
    }

    async ValueTask<DeliveryOutcome> SendChunksAsync(CancellationToken cancellationToken)
    {
        var transfer = attempt.Transfer;
        var request = new OpenTransferRequest
        {
            Transfer = _reference,
            Manifest = transfer.Manifest,
            Hops = Hops(),
            ChunkSize = transfer.ChunkSize,
        };
        var opened = await receiver.OpenTransferAsync(request, cancellationToken);
        if (!opened.Answered) return Judge(opened, commits: false);
        if (Judge(opened.Value) is { } known) return known;
        attempt.Doubts.Remove(destination.Id);
        var remoteAttempt = opened.Value.Attempt ?? 0;
        var held = new ReceiverHeld(transfer, chunks);
        if (await ReadHeldAsync(held, opened.Value, cancellationToken) is { } unread) return unread;
        if (await PutMissingAsync(held, remoteAttempt, cancellationToken) is { } obstacle) return obstacle;
        return await CommitAsync(remoteAttempt, cancellationToken);
    }

    async ValueTask<DeliveryOutcome?> ReadHeldAsync(ReceiverHeld held, FileResult result, CancellationToken cancellationToken)
    {
        held.Add(result.Held);
        // Who cannot be asked for the rest gets it again: chunks may be repeated.
        var from = destination.OffersStatus ? result.HeldFrom : null;
        while (from is not null)
        {
            var request = new GetTransferStatusRequest { Transfer = _reference, HeldFrom = from };
            var answer = await receiver.GetTransferStatusAsync(request, cancellationToken);
            if (!answer.Answered) return Judge(answer, commits: false);
            held.Add(answer.Value.Held);
            from = answer.Value.HeldFrom > from ? answer.Value.HeldFrom : null;
        }

        return null;
    }

    /// <summary>Sends the chunks that are not held, several at the same time. Null when all are there.</summary>
    async ValueTask<DeliveryOutcome?> PutMissingAsync(ReceiverHeld held, int remoteAttempt, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.TimeUp);
        await using var reader = await OpenAsync(cancellationToken);
        var missing = new Queue<ChunkRecord>(chunks.Where(chunk => !held.Holds(chunk)));
        List<Task<DeliveryOutcome?>> flights = [];
        try
        {
            while (missing.Count > 0 || flights.Count > 0)
            {
                if (attempt.TimeUp.IsCancellationRequested) return new DeliveryOutcome.BrokenOff();
                while (flights.Count < destination.ChunksInFlight && missing.TryDequeue(out var chunk))
                    flights.Add(PutAsync(reader, chunk, remoteAttempt, stop.Token));
                var landed = await Task.WhenAny(flights);
                flights.Remove(landed);
                if (await landed is { } obstacle) return obstacle;
            }

            return null;
        }
        catch (OperationCanceledException) when (attempt.IsTimeUp(cancellationToken))
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

    async Task<DeliveryOutcome?> PutAsync(
        IPayloadReader reader, ChunkRecord chunk, int remoteAttempt, CancellationToken cancellationToken)
    {
        var request = new PutChunkRequest
        {
            Transfer = _reference,
            Attempt = remoteAttempt,
            Index = chunk.Index,
            Offset = chunk.Index * attempt.Transfer.ChunkSize,
            Length = chunk.Length,
            Sha256 = chunk.Sha256,
        };
        using var content = new PayloadContent(reader, attempt.Transfer.ChunkSize, [chunk]);
        var (answer, damaged) = await SendAsync(content, () => receiver.PutChunkAsync(request, content, cancellationToken));
        if (answer is { Answered: true }) attempt.Moved(chunk.Length);
        return damaged ?? (answer!.Answered ? null : Judge(answer, commits: false));
    }

    async ValueTask<DeliveryOutcome> CommitAsync(int remoteAttempt, CancellationToken cancellationToken)
    {
        var transfer = attempt.Transfer;
        var answer = await receiver.CommitTransferAsync(
            new CommitTransferRequest
            {
                Transfer = _reference,
                Attempt = remoteAttempt,
                Size = transfer.Size!.Value,
                Sha256 = transfer.Sha256!.Value,
                RecordCount = transfer.RecordCount,
                EntryReceiptDocument = transfer.EntryReceipt!.Value.ToArray(),
            },
            cancellationToken);
        return answer.Answered ? Settle(answer.Value) : Judge(answer, commits: true);
    }

    /// <summary>Makes a call that sends stored bytes; when they are damaged, what the adapter made of it does not matter.</summary>
    async ValueTask<(PeerAnswer<T>? Answer, DeliveryOutcome? Damaged)> SendAsync<T>(
        PayloadContent content, Func<ValueTask<PeerAnswer<T>>> call)
        where T : class
    {
        PeerAnswer<T>? answer = null;
        try
        {
            answer = await call();
        }
        catch (Exception) when (content.Damaged is not null || content.Failure is not null)
        {
            // The message did not go out whole.
        }

        if (content.Damaged is { } chunk) return (null, PayloadCopy.Damaged(attempt.Transfer, chunk));
        return content.Failure is { } failure ? throw failure : (answer, null);
    }

    /// <summary>The outcome when the file was handed over whole and answered.</summary>
    DeliveryOutcome Settle(FileResult result)
    {
        if (Judge(result) is { } known) return known;
        attempt.Doubts.Remove(destination.Id);
        return new DeliveryOutcome.Retry(
            ErrorCatalogue.DestinationRefused.Code, Text(ErrorCatalogue.DestinationRefused, "it answers that it did not store the file"));
    }

    /// <summary>What the receiving system's word settles. Null: the file is not there.</summary>
    DeliveryOutcome? Judge(FileResult result) => result switch
    {
        { Outcome: FileOutcome.Stored } => Stored(result),
        { Outcome: FileOutcome.Rejected } => new DeliveryOutcome.Rejected(
            ErrorCatalogue.DestinationRefused.Code,
            Text(ErrorCatalogue.DestinationRefused, $"{result.Code} {result.Text}".Trim()),
            ReferenceOf(result)),
        { Outcome: FileOutcome.Unknown, RetryAfterSeconds: { } seconds } =>
            Doubt("it is still working on the file", TimeSpan.FromSeconds(Math.Max(seconds, 1)), heard: true),
        { Outcome: FileOutcome.Unknown } => null,
        _ => Doubt($"it answers '{result.Outcome}'", null, heard: true),
    };

    DeliveryOutcome Stored(FileResult result)
    {
        var (size, sha256) = (attempt.Transfer.Size!.Value, attempt.Transfer.Sha256!.Value);
        // It holds something, which only an operator can judge.
        attempt.Doubts.Add(destination.Id);
        if (result is not { Size: { } storedSize, Sha256: { } stored })
            return new DeliveryOutcome.Held(
                ErrorCatalogue.AnswerInvalid.Code, Text(ErrorCatalogue.AnswerInvalid, "'stored' comes without size or sha256"));
        if (storedSize != size || stored != sha256)
            return new DeliveryOutcome.Held(
                ErrorCatalogue.StoredDiffers.Code,
                Text(ErrorCatalogue.StoredDiffers, $"{storedSize} bytes with SHA-256 {stored} instead of {size} with {sha256}"));
        return new DeliveryOutcome.Delivered(services.Now, ReferenceOf(result));
    }

    /// <summary>The outcome of a call that was not answered with a result.</summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="commits">Whether the call stores the file there.</param>
    DeliveryOutcome Judge<T>(PeerAnswer<T> answer, bool commits)
        where T : class
    {
        if (answer.Outcome == PeerOutcome.InDoubt && commits) return Doubt(answer.Text, answer.RetryAfter);
        if (answer.Outcome != PeerOutcome.Refused) return Missed(ErrorCatalogue.DestinationUnreachable, answer.Text, answer.RetryAfter);
        var told = $"{answer.Code} {answer.Text}".Trim();
        // The same call fails again, until somebody mends something at either side. The file is not at fault: that would be "rejected".
        return answer.OurFault
            ? new DeliveryOutcome.Held(ErrorCatalogue.DestinationRefused.Code, Text(ErrorCatalogue.DestinationRefused, told))
            : Missed(ErrorCatalogue.DestinationRefused, told, answer.RetryAfter);
    }

    DeliveryOutcome.Missed Missed(ErrorEntry error, string reason, TimeSpan? after) => new(error.Code, Text(error, reason), after);

    DeliveryOutcome Doubt(string reason, TimeSpan? after, bool heard = false) => destination.AtMostOnce && !CanAsk
        ? HoldInDoubt(reason)
        : new DeliveryOutcome.InDoubt(ErrorCatalogue.AnswerBroken.Code, Text(ErrorCatalogue.AnswerBroken, reason), after, heard);

    DeliveryOutcome.Held HoldInDoubt(string reason) =>
        MessageDelivery.Hold(attempt, ErrorCatalogue.AnswerBroken.Code, Text(ErrorCatalogue.AnswerBroken, reason));

    string Text(ErrorEntry error, string reason) => error.Text([destination.Id, reason], japanese: false);

    async ValueTask<IPayloadReader> OpenAsync(CancellationToken cancellationToken) => services.Bandwidth.Pace(
        await transfers.Payloads.OpenAsync(attempt.Transfer, cancellationToken), attempt.Transfer, attempt.Record, destination.Id);

    IReadOnlyList<string> Hops() => [.. attempt.Transfer.Hops, services.Configuration.Current.Configuration.Gateway.Id];

    static string? ReferenceOf(FileResult result) => result.ReceiverReference switch
    {
        null or "" => null,
        { Length: > MaxReference } tooLong => tooLong[..MaxReference],
        var reference => reference,
    };
}
