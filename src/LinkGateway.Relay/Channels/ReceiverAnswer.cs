using System.IO.Pipelines;

namespace LinkGateway.Relay.Channels;

/// <summary>
/// A receiver's answer of any status: the headers are here, the body is still on the wire. Disposing ends the exchange, and closes the
/// connection where the body was not read to its end.
/// </summary>
public sealed class ReceiverAnswer : IAsyncDisposable
{
    readonly HttpResponseMessage _response;
    readonly AnswerBody _body;

    internal ReceiverAnswer(HttpResponseMessage response, AnswerBody body, bool decoded)
    {
        _response = response;
        _body = body;
        ContentType = AnswerHeaders.ContentType(response);
        Headers = AnswerHeaders.EndToEnd(response, decoded);
    }

    /// <summary>The destination that served the call.</summary>
    public required string DestinationId { get; init; }

    /// <summary>The HTTP status: 2xx, 4xx or 5xx.</summary>
    public int Status => (int)_response.StatusCode;

    /// <summary>The value of the Content-Type header; null where there is none.</summary>
    public string? ContentType { get; }

    /// <summary>Length of the body; null where it is not known.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The HTTP headers that are meant for the caller; repeated ones stand there repeatedly.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, without the coding it may have had on the wire. It throws <see cref="AnswerBrokenException"/>.</summary>
    public PipeReader Body => _body;

    /// <summary>When the request was sent whole; when its answer began, where that was before.</summary>
    public DateTimeOffset RequestSentAt { get; init; }

    /// <summary>When the headers of the answer were here.</summary>
    public DateTimeOffset AnswerBegunAt { get; init; }

    /// <summary>Ends the exchange.</summary>
    /// <returns>A task that completes when the connection is given back or closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _body.CompleteAsync();
        _response.Dispose();
    }
}
