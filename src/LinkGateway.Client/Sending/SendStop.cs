using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Sending;

/// <summary>Why a sending cannot go on.</summary>
sealed record SendStop(SendEnd End, string Reason, BatchRefusal? Refusal = null)
{
    public static SendStop FileChanged { get; } = new(SendEnd.FileChanged, "The file changed while it was being sent.");

    /// <summary>Null when the receipt speaks of the bytes that were sent.</summary>
    public static SendStop? Judge(ReceiptEntry receipt, long size, Sha256Digest digest) =>
        receipt.Size == size && receipt.Sha256 == digest
            ? null
            : new SendStop(SendEnd.ReceiptMismatch,
                $"Receipt {receipt.ReceiptId} is of {receipt.Size} bytes with SHA-256 {receipt.Sha256}; "
                + $"sent were {size} bytes with {digest}.");

    /// <summary>What a call that had no result, repetitions included, means for the sending.</summary>
    public static SendStop From<T>(BatchAnswer<T> answer)
        where T : class
    {
        if (answer.Temporary || answer.Refusal is not { } refusal) return new SendStop(SendEnd.Unavailable, answer.Reason, answer.Refusal);
        if (refusal.Is(ErrorCatalogue.AttemptFenced)) return new SendStop(SendEnd.TakenOver, answer.Reason, refusal);
        // Both tell that bytes sent earlier under this id are not those of the file as it is now.
        var differs = refusal.Is(ErrorCatalogue.ChunkDiffers) || refusal.Is(ErrorCatalogue.FileDigestMismatch);
        return new SendStop(differs ? SendEnd.FileChanged : SendEnd.Refused, answer.Reason, refusal);
    }
}
