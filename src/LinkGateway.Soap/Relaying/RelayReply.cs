using System.IO.Pipelines;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Relaying;

/// <summary>An HTTP answer: what stands in its head, and its body, written once. Disposing releases what it is read from.</summary>
public abstract class RelayReply : IAsyncDisposable
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The Content-Type; null where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The length of the body in bytes; null where it is not known before it is written.</summary>
    public long? ContentLength { get; init; }

    /// <summary>HTTP headers to send; none of <see cref="ConnectionHeaders"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> HttpHeaders { get; init; } = [];

    /// <summary>Writes the body and flushes it; does not complete the pipe.</summary>
    /// <param name="output">The body of the HTTP answer.</param>
    /// <param name="ct">Cancelled when the caller is gone.</param>
    /// <exception cref="IOException">What is passed on broke off: the answer must not look whole.</exception>
    public abstract ValueTask WriteAsync(PipeWriter output, CancellationToken ct);

    /// <summary>Releases what the body is read from, and says that the exchange has ended.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
