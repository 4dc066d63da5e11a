namespace LinkGateway.Soap.Operations;

/// <summary>The attachments of a message that is an envelope alone.</summary>
public sealed class NoAttachments : IAttachments
{
    /// <summary>The one instance.</summary>
    public static NoAttachments Instance { get; } = new();

    NoAttachments()
    {
    }

    /// <inheritdoc/>
    public ValueTask<Attachment?> FindAsync(string reference, CancellationToken ct) => ValueTask.FromResult<Attachment?>(null);

    /// <inheritdoc/>
    public ValueTask<Attachment?> FindPartAsync(string partName, CancellationToken ct) => ValueTask.FromResult<Attachment?>(null);

    /// <inheritdoc/>
    public ValueTask<Attachment?> ReadNextAsync(CancellationToken ct) => ValueTask.FromResult<Attachment?>(null);

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken ct) => ValueTask.CompletedTask;
}
