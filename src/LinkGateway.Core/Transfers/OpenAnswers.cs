using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Transfers;

/// <summary>Words the answer of OpenTransfer.</summary>
sealed class OpenAnswers(Acceptance acceptance)
{
    const int MaxRanges = 1000;

    public async ValueTask<OpenTransferResult> AnswerAsync(OpenedTransfer opened, CancellationToken cancellationToken)
    {
        var record = opened.Record;
        var accepted = record.State == TransferState.Accepted ? await acceptance.RepeatAsync(record, cancellationToken) : null;
        long? next = null;
        return new OpenTransferResult
        {
            State = record.State.ToString(),
            ChunkSize = record.ChunkSize,
            Attempt = record.Attempt,
            Held = accepted is null ? opened.Live.Chunks.Held(0, MaxRanges, out next) : Whole(record.Size!.Value),
            HeldFrom = next,
            ExpiresAt = record.ExpiresAt,
            Receipt = accepted?.Receipt,
        };
    }

    static IReadOnlyList<Contract.Identity.ByteRange> Whole(long size) =>
        size == 0 ? [] : [new Contract.Identity.ByteRange(0, size)];
}
