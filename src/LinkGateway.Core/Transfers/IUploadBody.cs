using System.IO.Pipelines;

namespace LinkGateway.Core.Transfers;

/// <summary>The attachment of a request, not yet read when Core decides whether it wants it.</summary>
public interface IUploadBody
{
    /// <summary>An upper bound of its length in bytes, from the HTTP Content-Length; null when unknown.</summary>
    long? MaximumLength { get; }

    /// <summary>Begins to read: the decoded bytes; null when the message has no such attachment.</summary>
    ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads on to the end of the message. Must be called before anything is committed.
    /// </summary>
    /// <returns>Null when the message is whole; else what is wrong with it.</returns>
    ValueTask<Contract.Errors.Refusal?> FinishAsync(CancellationToken cancellationToken);
}
