using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>What is written down of a file that is stored; while this does not exist, nothing is.</summary>
sealed record StoredFile(
    string? Origin, string? TransferId, string? Receiver, int Replay, string? FileName, long Size, string Sha256, string Reference)
{
    public static StoredFile Of(TransferReference id, string? fileName, long size, Sha256Digest sha256, string reference) =>
        new(id.Origin, id.TransferId, id.Receiver, id.Replay, fileName, size, sha256.ToString(), reference);
}
