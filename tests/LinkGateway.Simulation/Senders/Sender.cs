using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Network;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Senders;

/// <summary>
/// A system that sends files to its gateway, and sends on until each is answered with a receipt. What it was answered is written down at
/// once; everything else it forgets when it dies.
/// </summary>
sealed class Sender(Night night, Dice dice, string id, Host entry, IReadOnlyList<Consignment> consignments)
{
    const int MostRounds = 200;
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(40);

    public string Id => id;

    /// <summary>The life that runs; null before the night.</summary>
    public Life? Life { get; private set; }

    public bool IsDone => consignments.All(consignment => consignment.Accepted is not null || consignment.Refused is not null);

    public void Start()
    {
        Life = night.Loop.Begin(id);
        foreach (var consignment in consignments.Where(consignment => consignment.Accepted is null && consignment.Refused is null))
            Life.Start(() => SendAsync(Life, consignment));
    }

    /// <summary>Dies, and is started again.</summary>
    public void Crash(TimeSpan pause)
    {
        night.Trace.Write(id, $"dies, back in {pause}");
        Life!.End();
        night.World.Start(async () =>
        {
            await night.Loop.DelayAsync(pause, CancellationToken.None);
            Start();
        });
    }

    /// <summary>Asks its gateway to cancel one of its files, once.</summary>
    public async Task CancelOneAsync()
    {
        var consignment = dice.Pick(consignments);
        consignment.CancelAsked = true;
        var wasAccepted = consignment.Accepted is not null;
        var request = new CancelTransferRequest { Transfer = Of(consignment), Reason = "sent by mistake" };
        var answer = await night.Wire.CallAsync(
            night.World, id, entry, $"Cancel {consignment.Id}",
            (there, _, aborted) => there.Transfers.CancelTransferAsync(id, request, aborted), CancellationToken.None);

        // What was not yet accepted may be sent again by the very sender that knows of no cancel.
        if (!answer.Answered || !wasAccepted) return;
        foreach (var delivery in answer.Value.Deliveries.Where(delivery => delivery.Outcome == CancelOutcomes.Cancelled))
        {
            night.Trace.Write(id, $"was told that {consignment.Id} is cancelled for {delivery.Receiver}");
            consignment.Cancelled.Add(delivery.Receiver);
            if (consignment.TakenBy(delivery.Receiver) > 0)
                night.Fail($"{id} was told that {consignment.Id} is cancelled for {delivery.Receiver}, who has it");
        }
    }

    async Task SendAsync(Life life, Consignment consignment)
    {
        if (consignment.ReadyAt > night.Loop.Now) await night.Loop.DelayAsync(consignment.ReadyAt - night.Loop.Now, CancellationToken.None);
        for (var round = 0; round < MostRounds; round++)
        {
            var answer = consignment.InChunks ? await SendChunksAsync(life, consignment) : await SendWholeAsync(life, consignment);
            if (answer is { Receipt: { } receipt })
            {
                Enter(consignment, receipt);
                return;
            }

            if (consignment.Refused is not null) return;
            if (consignment.Differs) await ClearAsync(life, consignment);
            await night.Loop.DelayAsync(dice.Span(ShortestPause, LongestPause), CancellationToken.None);
        }

        night.Fail($"{id} could not get rid of {consignment.Id} in {MostRounds} rounds");
    }

    /// <summary>Withdraws an upload of which something damaged is held: nothing that is sent under its id could become the file.</summary>
    async Task ClearAsync(Life life, Consignment consignment)
    {
        consignment.Differs = false;
        var status = await night.Wire.CallAsync(
            life, id, entry, $"Status {consignment.Id}",
            (there, _, aborted) => there.Transfers.GetTransferStatusAsync(
                id, new GetTransferStatusRequest { Transfer = Of(consignment) }, aborted),
            CancellationToken.None);
        if (!status.Answered || status.Value.State == nameof(TransferState.Accepted)) return;
        var request = new CancelTransferRequest { Transfer = Of(consignment), Attempt = status.Value.Attempt };
        await night.Wire.CallAsync(
            life, id, entry, $"Cancel {consignment.Id}",
            (there, _, aborted) => there.Transfers.CancelTransferAsync(id, request, aborted), CancellationToken.None);
    }

    void Enter(Consignment consignment, ReceiptEntry entered)
    {
        night.Trace.Write(id, $"has the receipt of {consignment.Id}");
        if (night.Receipts.Verify(entered.ReceiptDocument, out var reason) is not { } content)
        {
            night.Fail($"{id} was answered with a receipt that is none: {reason}");
            return;
        }

        if (content.Kind != ReceiptKind.Accepted || content.Issuer != entry.Id || content.TransferId != consignment.Id
            || content.Sha256 != consignment.Sha256 || content.Size != consignment.Bytes.Length)
            night.Fail($"{id} was answered with a receipt of something else than {consignment.Id}: {content}");
        if (consignment.Accepted is { } earlier && earlier != content) night.Fail($"{id} has two different receipts of {consignment.Id}");
        consignment.Accepted = content;
    }

    async Task<AcceptResult?> SendWholeAsync(Life life, Consignment consignment)
    {
        var request = new SubmitFileRequest { Transfer = Of(consignment), Manifest = consignment.Manifest, File = "file" };
        var answer = await night.Wire.CallAsync(
            life, id, entry, $"Submit {consignment.Id}",
            (there, fate, aborted) => there.Transfers.SubmitFileAsync(
                id, request, new Attachment(there.Life, entry.Dice, consignment.Bytes, Guarded(consignment, fate)), aborted),
            CancellationToken.None);
        return Judge(consignment, answer);
    }

    // Damage to a file whose digest nobody has stated is for its sender to see in the receipt.
    static NetworkFate Guarded(Consignment consignment, NetworkFate fate) =>
        fate == NetworkFate.Damaged && consignment.Manifest.Sha256 is null ? NetworkFate.Well : fate;

    async Task<AcceptResult?> SendChunksAsync(Life life, Consignment consignment)
    {
        var request = new OpenTransferRequest { Transfer = Of(consignment), Manifest = consignment.Manifest };
        var opened = Judge(consignment, await night.Wire.CallAsync(
            life, id, entry, $"Open {consignment.Id}",
            (there, _, aborted) => there.Transfers.OpenTransferAsync(id, request, aborted), CancellationToken.None));
        if (opened is null) return null;
        if (opened.State == nameof(TransferState.Accepted))
            return new AcceptResult { State = opened.State, Receipt = opened.Receipt };
        var missing = Missing(consignment, opened);
        for (var round = 0; round < 20; round++)
        {
            if (!await PutAsync(life, consignment, opened, missing)) return null;
            var answer = Judge(consignment, await CommitAsync(life, consignment, opened.Attempt));
            if (answer is null or { Receipt: not null }) return answer;
            missing = [.. answer.Missing.SelectMany(range => Indexes(range, opened.ChunkSize))];
            await night.Loop.DelayAsync(TimeSpan.FromSeconds(answer.RetryAfterSeconds ?? 0), CancellationToken.None);
        }

        return null;
    }

    static List<int> Missing(Consignment consignment, OpenTransferResult opened)
    {
        var held = opened.Held.SelectMany(range => Indexes(range, opened.ChunkSize)).ToHashSet();
        var count = (int)((consignment.Bytes.Length + opened.ChunkSize - 1) / opened.ChunkSize);
        return [.. Enumerable.Range(0, count).Where(index => !held.Contains(index))];
    }

    static IEnumerable<int> Indexes(ByteRange range, long chunkSize)
    {
        for (var offset = range.Offset; offset < range.End; offset += chunkSize) yield return (int)(offset / chunkSize);
    }

    /// <summary>Sends the chunks in any order, all at once or one by one; false when not all were taken.</summary>
    async Task<bool> PutAsync(Life life, Consignment consignment, OpenTransferResult opened, List<int> missing)
    {
        List<Task<PutChunkResult?>> flights = [];
        var atOnce = dice.Chance(0.5);
        while (missing.Count > 0)
        {
            var index = dice.Pick(missing);
            missing.Remove(index);
            flights.Add(PutAsync(life, consignment, opened, index));
            if (!atOnce && await flights[^1] is null) return false;
        }

        var all = true;
        foreach (var flight in flights) all &= await flight is not null;
        return all;
    }

    async Task<PutChunkResult?> PutAsync(Life life, Consignment consignment, OpenTransferResult opened, int index)
    {
        var offset = index * opened.ChunkSize;
        var bytes = consignment.Bytes[(int)offset..(int)Math.Min(consignment.Bytes.Length, offset + opened.ChunkSize)];
        var request = new PutChunkRequest
        {
            Transfer = Of(consignment),
            Attempt = opened.Attempt,
            Index = index,
            Offset = offset,
            Length = bytes.Length,
            Sha256 = Sha256Digest.Of(bytes),
            File = "chunk",
        };
        return Judge(consignment, await night.Wire.CallAsync(
            life, id, entry, $"Put {consignment.Id} #{index}",
            (there, fate, aborted) => there.Transfers.PutChunkAsync(
                id, request, new Attachment(there.Life, entry.Dice, bytes, fate), aborted),
            CancellationToken.None));
    }

    ValueTask<PeerAnswer<AcceptResult>> CommitAsync(Life life, Consignment consignment, int attempt)
    {
        var request = new CommitTransferRequest
        {
            Transfer = Of(consignment),
            Attempt = attempt,
            Size = consignment.Bytes.Length,
            Sha256 = consignment.Sha256,
        };
        return night.Wire.CallAsync(
            life, id, entry, $"Commit {consignment.Id}",
            (there, _, aborted) => there.Transfers.CommitTransferAsync(id, request, aborted), CancellationToken.None);
    }

    /// <summary>The result, when there is one. A refusal that no repetition can help ends the consignment.</summary>
    T? Judge<T>(Consignment consignment, PeerAnswer<T> answer)
        where T : class
    {
        if (answer.Answered) return answer.Value;
        if (answer.Code == ErrorCatalogue.ChunkDiffers.Code) consignment.Differs = true;
        if (answer.Outcome != PeerOutcome.Refused || Passing.Contains(answer.Code)) return null;
        consignment.Refused = answer.Code;
        if (answer.Code == ErrorCatalogue.WrongState.Code && consignment.CancelAsked) return null;
        night.Fail($"{id} was refused {consignment.Id}: {answer.Text}");
        return null;
    }

    // Trouble of the gateway or of the line, or another request of one's own that was faster: the next attempt may go well.
    static readonly HashSet<string> Passing =
    [
        ErrorCatalogue.AttemptFenced.Code, ErrorCatalogue.ChunkDigestMismatch.Code, ErrorCatalogue.FileDigestMismatch.Code,
        ErrorCatalogue.MessageMalformed.Code, ErrorCatalogue.Overloaded.Code, ErrorCatalogue.StorageTrouble.Code,
        ErrorCatalogue.ChunkCutShort.Code, ErrorCatalogue.ChunkDiffers.Code,
    ];

    static TransferReference Of(Consignment consignment) => new() { TransferId = consignment.Id };
}
