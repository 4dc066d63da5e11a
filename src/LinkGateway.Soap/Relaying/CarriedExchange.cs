using System.IO.Pipelines;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// An exchange whose bytes another stack carries, such as CoreWCF: a host hands it over as a feature of the HTTP request, the stack brings
/// the body and takes the reply.
/// </summary>
/// <param name="relay">Who answers.</param>
/// <param name="request">The request; its body is what the host gives the stack to read.</param>
public sealed class CarriedExchange(IRelay relay, RelayRequest request)
{
    /// <summary>The length of the body in bytes; null where it is sent in HTTP chunks.</summary>
    public long? ContentLength => request.ContentLength;

    /// <summary>Why there is no whole answer; null where there is one, or none yet.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Answers the message.</summary>
    /// <param name="body">The body as it came through the stack.</param>
    /// <param name="ct">Cancelled when the caller is gone.</param>
    /// <returns>The answer; the stack writes and disposes it.</returns>
    public ValueTask<RelayReply> AnswerAsync(PipeReader body, CancellationToken ct) => relay.HandleAsync(request.Over(body), ct);

    /// <summary>Says that the answer is not whole: the host cuts the connection instead of ending the answer.</summary>
    /// <param name="failure">Why.</param>
    public void Fail(Exception failure) => Failure = failure;
}
