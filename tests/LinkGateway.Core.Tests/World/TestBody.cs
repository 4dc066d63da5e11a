using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Tests.World;

/// <summary>An attachment in memory that comes in any pieces and can break off, hang, be missing, or belong to a broken message.</summary>
sealed class TestBody(ReadOnlyMemory<byte> bytes) : IUploadBody
{
    public static readonly Refusal BrokenOff = new(ErrorCatalogue.MessageMalformed, "the connection was closed within the attachment");

    readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long? MaximumLength { get; init; }

    /// <summary>Length of the next piece.</summary>
    public Func<int> Piece { get; init; } = () => 10_000;

    /// <summary>The connection breaks before the byte at this offset.</summary>
    public long? BreakAt { get; init; }

    /// <summary>The sender falls silent before the byte at this offset.</summary>
    public long? HangAt { get; init; }

    /// <summary>Goes on when the sender, silent at <see cref="HangAt"/>, shall go on.</summary>
    public Task Resume { get; init; } = new TaskCompletionSource().Task;

    /// <summary>The request names an attachment that is not there.</summary>
    public bool Missing { get; init; }

    /// <summary>What is wrong with the message after the attachment.</summary>
    public Refusal? Broken { get; init; }

    /// <summary>Ends when the sender has fallen silent.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>Whether anybody wanted the bytes.</summary>
    public bool Opened { get; private set; }

    /// <summary>Whether the message was read to its end.</summary>
    public bool Finished { get; private set; }

    public ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken)
    {
        Opened = true;
        return ValueTask.FromResult<PipeReader?>(Missing ? null : new PieceReader(bytes, Piece, BreakAt ?? HangAt, HappenAsync));
    }

    public ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken)
    {
        Finished = true;
        return ValueTask.FromResult(Broken);
    }

    async ValueTask HappenAsync(CancellationToken cancellationToken)
    {
        if (BreakAt is not null) throw new UploadException(BrokenOff);
        _hanging.TrySetResult();
        await Resume.WaitAsync(cancellationToken);
    }
}
