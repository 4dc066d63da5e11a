using LinkGateway.Client.Batch;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Receiving;

/// <summary>
/// Receives the files of an inbox into a folder: each lands once, verified and whole, is confirmed to the gateway, handed to a job, and
/// what the job made of it is reported. Whatever a killed run left over, the next one continues. One caller at a time.
/// </summary>
public sealed class InboxReceiver : IDisposable
{
    // One delivery may be in trouble at the gateway; two in a row are the gateway's or the line's, and each costs all its tries.
    const int UnavailableInARow = 2;

    readonly BatchClient _client;
    readonly InboxReceiverOptions _options;
    readonly ReceiveFolder _folder;
    readonly TimeProvider _time;

    InboxReceiver(BatchClient client, ReceiveFolder folder, InboxReceiverOptions options, TimeProvider time) =>
        (_client, _folder, _options, _time) = (client, folder, options, time);

    /// <summary>Takes a folder for this process.</summary>
    /// <param name="client">The gateway's batch service, called as who may receive.</param>
    /// <param name="folder">Where the files go; it is made. All of it lies in one file system.</param>
    /// <param name="options">How files are received; the defaults where null.</param>
    /// <param name="time">Clock for waiting; the system's where null.</param>
    /// <returns>The receiver, to be disposed; null where another process receives into the folder.</returns>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    public static InboxReceiver? TryOpen(
        BatchClient client, string folder, InboxReceiverOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ReceiveFolder.TryOpen(folder) is { } taken
            ? new InboxReceiver(client, taken, options ?? new(), time ?? TimeProvider.System)
            : null;
    }

    /// <summary>Finishes what earlier runs left over, then looks into the inbox once and receives what waits there.</summary>
    /// <param name="waitSeconds">How long the gateway shall wait for the first file, 0 to 30.</param>
    /// <param name="progress">Told of what moves; may be null.</param>
    /// <param name="ended">Told of each file as it ends; may be null.</param>
    /// <param name="cancellationToken">Stops the work; a job that runs is waited for. The next round continues.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    /// <exception cref="System.Text.Json.JsonException">A state file in the folder is damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<ReceiveRound> RunRoundAsync(
        int waitSeconds, IProgress<ReceiveProgress>? progress, Action<ReceiveOutcome>? ended, CancellationToken cancellationToken)
    {
        var round = new Round(this, progress, ended);
        await round.FinishAsync(cancellationToken);
        var failure = await round.ReceiveAsync(waitSeconds, cancellationToken);
        return new ReceiveRound(round.Outcomes, failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    sealed class Round(InboxReceiver receiver, IProgress<ReceiveProgress>? progress, Action<ReceiveOutcome>? ended)
    {
        readonly List<ReceiveOutcome> _outcomes = [];
        readonly Dictionary<string, ReceiveState> _begun = [];
        int _unavailable;
        int _files;

        public IReadOnlyList<ReceiveOutcome> Outcomes => _outcomes;

        /// <summary>
        /// Files that are whole need no listing: they are finished first, so that a job's result is not held up. Those still to be fetched
        /// are listed, and judged by their receipt like any other.
        /// </summary>
        public async ValueTask FinishAsync(CancellationToken cancellationToken)
        {
            foreach (var state in receiver._folder.States(receiver._client.Address))
            {
                if (state.Step == ReceiveStep.Fetching) _begun[state.DeliveryId] = state;
                else if (_unavailable < UnavailableInARow) await RunAsync(state, null, cancellationToken);
            }
        }

        public async ValueTask<ListFailure?> ReceiveAsync(int waitSeconds, CancellationToken cancellationToken)
        {
            HashSet<string> handled = [.. _outcomes.Select(outcome => outcome.DeliveryId)];
            string? cursor = null;
            var wait = _outcomes.Count > 0 ? 0 : waitSeconds;
            while (true)
            {
                var answer = await ListAsync(cursor, wait, cancellationToken);
                if (!answer.Answered) return new ListFailure(answer.Reason, answer.Temporary, answer.Refusal);
                foreach (var item in answer.Value.Items)
                {
                    if (_files >= receiver._options.MaxFiles || _unavailable >= UnavailableInARow) return null;
                    _begun.Remove(item.DeliveryId, out var begun);
                    if (!IsWanted(item) || !handled.Add(item.DeliveryId)) continue;
                    _files++;
                    await RunAsync(StateOf(item, begun), item, cancellationToken);
                }

                if (answer.Value.Items.Count == 0) break;
                cursor = answer.Value.Cursor;
                wait = 0;
                if (cursor is null) break;
            }

            // What is not in the list any more was withdrawn, or another has it.
            foreach (var gone in _begun.Values) receiver._folder.Forget(gone);
            return null;
        }

        async ValueTask RunAsync(ReceiveState state, InboxItem? item, CancellationToken cancellationToken)
        {
            var one = new FileReceiver(receiver._client, receiver._options, receiver._folder, receiver._time, progress, state);
            var outcome = await one.RunAsync(item, cancellationToken);
            _unavailable = outcome.End == ReceiveEnd.Unavailable ? _unavailable + 1 : 0;
            _outcomes.Add(outcome);
            ended?.Invoke(outcome);
        }

        ValueTask<BatchAnswer<ListInboxResult>> ListAsync(string? cursor, int wait, CancellationToken cancellationToken)
        {
            var request = new ListInboxRequest { Receiver = receiver._options.Receiver, Cursor = cursor, WaitSeconds = wait };
            var repeater = new Repeater(receiver._options.Retry, receiver._time, _ => { });
            return repeater.CallAsync(ct => receiver._client.ListInboxAsync(request, ct), cancellationToken);
        }

        bool IsWanted(InboxItem item) =>
            receiver._options.InterfaceId is not { } wanted || item.Manifest.InterfaceId == wanted;

        // What was fetched belongs to the facts announced then; the lease is the delivery's.
        ReceiveState StateOf(InboxItem item, ReceiveState? begun)
        {
            var fresh = ReceiveState.New(receiver._client.Address, item);
            if (begun is null) return fresh;
            var isSame = (begun.Sha256, begun.Size, begun.ChunkSize, begun.Root) == (item.Sha256, item.Size, item.ChunkSize, item.Root);
            return isSame ? begun : fresh with { Lease = begun.Lease, ToldError = begun.ToldError };
        }
    }
}
