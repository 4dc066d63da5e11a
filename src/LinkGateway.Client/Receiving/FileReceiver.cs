using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Files;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Receiving;

/// <summary>Takes one file from the inbox to the receiving system, step by step, from whichever step was written down.</summary>
/// <remarks>
/// What is written down, and when, makes each step safe to repeat: the name is chosen before the rename, which shows by the temporary name
/// being gone; the run of the job is counted before it starts, its result is kept before it is reported. So the file lands once, the job
/// runs at least once, and its result is reported as it was, however often this process is killed.
/// </remarks>
sealed class FileReceiver(
    BatchClient client,
    InboxReceiverOptions options,
    ReceiveFolder folder,
    TimeProvider time,
    IProgress<ReceiveProgress>? progress,
    ReceiveState begun)
{
    ReceiveState _state = begun;
    bool _isDone;

    /// <summary>Receives it.</summary>
    /// <param name="item">The delivery as it was listed; null for one that is gone from the list, being stored.</param>
    /// <param name="cancellationToken">Stops between and within the steps, but never the job.</param>
    public async ValueTask<ReceiveOutcome> RunAsync(InboxItem? item, CancellationToken cancellationToken)
    {
        var stop = await AdvanceAsync(item, cancellationToken);
        if (stop is null) return Outcome(_state.Result is { } result ? EndOf(result) : ReceiveEnd.Received);
        await TellErrorAsync(stop);
        if (stop.IsForGood) await DiscardAsync(cancellationToken);
        if (_isDone) folder.Forget(_state);
        return Outcome(stop.End) with { ErrorCode = stop.Code, Reason = stop.Reason };
    }

    async ValueTask<ReceiveStop?> AdvanceAsync(InboxItem? item, CancellationToken cancellationToken)
    {
        var repeater = new Repeater(options.Retry, time, reason => Report(_state.Step, reason));
        if (_state.Step == ReceiveStep.Fetching && await FetchAsync(item, repeater, cancellationToken) is { } unfetched) return unfetched;
        if (_state.Step == ReceiveStep.Fetched && await PublishAsync(repeater, cancellationToken) is { } unpublished) return unpublished;
        if (_state.Step == ReceiveStep.Published && await ConfirmStoredAsync(repeater, cancellationToken) is { } unstored) return unstored;
        if (_state.Step is ReceiveStep.Stored or ReceiveStep.Working && options.Job is { } job)
        {
            if (await WorkAsync(job) is { } undone) return undone;
        }

        if (_state.Step == ReceiveStep.Worked)
        {
            if (await ConfirmResultAsync(_state.Result!, repeater, cancellationToken) is { } untold)
            {
                // The work is done; a result that the gateway does not want of this delivery is told once, not for ever.
                _isDone = untold.IsForGood || untold.Code == ErrorCatalogue.ConfirmationMismatch.Code;
                return _isDone ? untold with { End = ReceiveEnd.Refused } : untold;
            }

            if (!_state.Result!.IsApplied)
                await TellErrorAsync(new ReceiveStop(ReceiveEnd.Rejected, $"The job ended with {_state.Result.ExitCode}."));
        }

        folder.Forget(_state);
        Report(ReceiveStep.Ended);
        return null;
    }

    async ValueTask<ReceiveStop?> FetchAsync(InboxItem? item, Repeater repeater, CancellationToken cancellationToken)
    {
        if (options.ReceiptTrust.Count > 0 && item is not null && EntryReceiptCheck.FlawIn(item, options.ReceiptTrust) is { } flaw)
        {
            Write(_state);
            return new ReceiveStop(ReceiveEnd.NotTrusted, flaw);
        }

        Write(_state, ReceiveStep.Fetching);
        ReceiveStop? stop;
        bool isLeased;
        using (var fetch = new FileFetch(client, repeater, folder, _state, (state, done) => Report(state.Step, null, done)))
        {
            stop = await fetch.RunAsync(cancellationToken);
            (_state, isLeased) = (fetch.State, fetch.HasAnswered);
        }

        // Nothing of it can be relied on: it is fetched anew next time.
        if (stop is { End: ReceiveEnd.Damaged }) Write(_state with { Held = 0 });
        // Another's file takes no room here.
        if (stop is { End: ReceiveEnd.Busy }) folder.Forget(_state);
        if (stop is not null) return stop;
        var name = ReceiveNames.Safe(_state.FileName, _state.DeliveryId);
        Write(_state with { Name = name, IsResumed = !isLeased }, ReceiveStep.Fetched);
        return null;
    }

    async ValueTask<ReceiveStop?> PublishAsync(Repeater repeater, CancellationToken cancellationToken)
    {
        var part = folder.PartPath(_state);
        // Time may have passed since it was fetched, and another may have been given it: nothing is published without a lease in force.
        if (_state.IsResumed && File.Exists(part) && await RenewAsync(repeater, cancellationToken) is { } lost) return lost;
        while (File.Exists(part) && !Move(part, folder.DataPath(_state.Name!)))
        {
            var wish = ReceiveNames.Safe(_state.FileName, _state.DeliveryId);
            var other = options.WhenExists == WhenExists.Number
                ? ReceiveNames.Numbered(wish, name => Path.Exists(folder.DataPath(name)))
                : null;
            if (other is null) return new ReceiveStop(ReceiveEnd.NameTaken, $"'{folder.DataPath(_state.Name!)}' exists.");
            Write(_state with { Name = other });
        }

        Report(ReceiveStep.Renamed);
        folder.Flush();
        Write(_state, ReceiveStep.Published);
        return null;
    }

    bool Move(string part, string target)
    {
        if (options.WhenExists != WhenExists.Replace) return DurableFile.TryMove(part, target);
        Generations.Shift(target, options.Generations);
        File.Move(part, target, overwrite: true);
        return true;
    }

    async ValueTask<ReceiveStop?> RenewAsync(Repeater repeater, CancellationToken cancellationToken)
    {
        var request = new FetchChunkRequest
        {
            DeliveryId = _state.DeliveryId,
            Lease = _state.Lease,
            Offset = 0,
            Length = Math.Min(1, _state.Size),
        };
        var answer = await repeater.CallAsync(ct => client.FetchChunkAsync(request, ct), cancellationToken);
        if (!answer.Answered) return ReceiveStop.From(answer);
        await answer.Value.DisposeAsync();
        return null;
    }

    async ValueTask<ReceiveStop?> ConfirmStoredAsync(Repeater repeater, CancellationToken cancellationToken)
    {
        var request = new ConfirmReceiptRequest
        {
            DeliveryId = _state.DeliveryId,
            Lease = _state.Lease,
            Stage = ConfirmStages.Stored,
            Size = _state.Size,
            Sha256 = _state.Sha256,
        };
        if (await ConfirmAsync(request, ReceiptKind.Delivered, repeater, cancellationToken) is { } stop)
        {
            // It may have been confirmed long ago, by a run that was killed before it could note that: then the file is wanted.
            return stop.Code == ErrorCatalogue.DeliveryUnknown.Code ? stop with { End = ReceiveEnd.Refused } : stop;
        }

        Write(_state, ReceiveStep.Stored);
        return null;
    }

    async ValueTask<ReceiveStop?> WorkAsync(IReceivingJob job)
    {
        Write(_state with { Attempt = _state.Attempt + 1 }, ReceiveStep.Working);
        File.Delete(folder.ResultPath(_state));
        JobResult result;
        try
        {
            result = await job.RunAsync(Facts());
        }
        catch (IOException e)
        {
            return new ReceiveStop(ReceiveEnd.JobDeferred, e.Message);
        }

        if (result.IsDeferred) return new ReceiveStop(ReceiveEnd.JobDeferred, $"The job ended with {JobResult.TryLater}.");
        Write(_state with { Result = result }, ReceiveStep.Worked);
        return null;
    }

    async ValueTask<ReceiveStop?> ConfirmResultAsync(JobResult result, Repeater repeater, CancellationToken cancellationToken)
    {
        var request = new ConfirmReceiptRequest
        {
            DeliveryId = _state.DeliveryId,
            Lease = _state.Lease,
            Stage = result.IsApplied ? ConfirmStages.Applied : ConfirmStages.Rejected,
            ReceiverReference = result.Reference,
            CountAccepted = result.Accepted,
            CountRejected = result.Rejected,
            FirstErrors = result.Errors,
        };
        return await ConfirmAsync(request, ReceiptKind.Applied, repeater, cancellationToken);
    }

    async ValueTask<ReceiveStop?> ConfirmAsync(
        ConfirmReceiptRequest request, ReceiptKind kind, Repeater repeater, CancellationToken cancellationToken)
    {
        var answer = await repeater.CallAsync(ct => client.ConfirmReceiptAsync(request, ct), cancellationToken);
        if (!answer.Answered) return ReceiveStop.From(answer);
        if (answer.Value.ReceiptDocument is { } document)
            options.KeepReceipt?.Invoke(new IssuedReceipt(_state.TransferId, _state.DeliveryId, kind, document));
        return null;
    }

    async ValueTask TellErrorAsync(ReceiveStop stop)
    {
        if (options.ErrorJob is not { } job || !IsTold(stop.End) || _state.ToldError == stop.Code) return;
        try
        {
            var facts = Facts();
            facts[JobFacts.ErrorCode] = stop.Code;
            facts[JobFacts.ErrorText] = stop.Reason;
            await job.RunAsync(facts);
        }
        catch (IOException)
        {
            // It is told again next time.
            return;
        }

        Write(_state with { ToldError = stop.Code });
    }

    // What passes by itself is nobody's work yet.
    static bool IsTold(ReceiveEnd end) =>
        end is not (ReceiveEnd.Busy or ReceiveEnd.Unavailable or ReceiveEnd.JobDeferred);

    /// <summary>What another was given, or was withdrawn, must not stay here under its name.</summary>
    async ValueTask DiscardAsync(CancellationToken cancellationToken)
    {
        // Once it is stored it is this receiver's, whatever the gateway forgets afterwards.
        if (_state.Step is ReceiveStep.Fetched or ReceiveStep.Published && !File.Exists(folder.PartPath(_state)))
        {
            var path = folder.DataPath(_state.Name!);
            if (await IsOursAsync(path, cancellationToken)) File.Delete(path);
            folder.Flush();
        }

        folder.Forget(_state);
    }

    async ValueTask<bool> IsOursAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != _state.Size) return false;
        await using var file = File.OpenRead(path);
        return new Sha256Digest(await SHA256.HashDataAsync(file, cancellationToken)) == _state.Sha256;
    }

    Dictionary<string, string> Facts()
    {
        var facts = new Dictionary<string, string>(_state.Facts) { [JobFacts.ResultFile] = folder.ResultPath(_state) };
        if (_state.Attempt > 0) facts[JobFacts.Attempt] = JobFacts.Number(_state.Attempt)!;
        if (_state.Step >= ReceiveStep.Published) facts[JobFacts.File] = folder.DataPath(_state.Name!);
        return facts;
    }

    void Write(ReceiveState state, ReceiveStep? step = null)
    {
        _state = state with { Step = step ?? state.Step };
        folder.Write(_state);
        if (step is { } reached) Report(reached);
    }

    void Report(ReceiveStep step, string? trouble = null, long? done = null)
    {
        var here = done ?? (step >= ReceiveStep.Fetched ? _state.Size : _state.Held);
        progress?.Report(new ReceiveProgress(_state.FileName, step, _state.Size, here, trouble));
    }

    static ReceiveEnd EndOf(JobResult result) => result.IsApplied ? ReceiveEnd.Applied : ReceiveEnd.Rejected;

    ReceiveOutcome Outcome(ReceiveEnd end) => new()
    {
        End = end,
        DeliveryId = _state.DeliveryId,
        Origin = _state.Origin,
        TransferId = _state.TransferId,
        Path = _state.Step >= ReceiveStep.Published && end is not (ReceiveEnd.LeaseLost or ReceiveEnd.Withdrawn)
            ? folder.DataPath(_state.Name!)
            : null,
        Size = _state.Size,
        Sha256 = _state.Sha256,
        Attempt = _state.Attempt,
        Result = _state.Result,
    };
}
