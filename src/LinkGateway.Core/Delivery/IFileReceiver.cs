using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// A receiving system that files are pushed to, spoken to in the messages of the batch receiver contract. Adapters only translate; they
/// neither retry nor decide. Thread-safe.
/// </summary>
/// <remarks>
/// Failures are answers, not exceptions. What a content's reading throws need not be caught: the message must then not end as if it were
/// whole. <see cref="PeerOutcome.Refused"/> means that the receiving system says, or its fault proves, that the call stored nothing;
/// whatever may have stored something is <see cref="PeerOutcome.InDoubt"/>.
/// </remarks>
public interface IFileReceiver
{
    /// <summary>Hands in the whole file; the bytes are read from <paramref name="content"/> while they go out.</summary>
    ValueTask<PeerAnswer<FileResult>> SubmitFileAsync(
        SubmitFileRequest request, PayloadContent content, CancellationToken cancellationToken);

    /// <summary>Opens or takes over a transfer in chunks there.</summary>
    ValueTask<PeerAnswer<FileResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken);

    /// <summary>Hands in one chunk; the bytes are read from <paramref name="content"/> while they go out.</summary>
    ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, PayloadContent content, CancellationToken cancellationToken);

    /// <summary>Ends a transfer in chunks there.</summary>
    ValueTask<PeerAnswer<FileResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken);

    /// <summary>Asks what is known of a file there.</summary>
    ValueTask<PeerAnswer<FileResult>> GetTransferStatusAsync(GetTransferStatusRequest request, CancellationToken cancellationToken);
}
