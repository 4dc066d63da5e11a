namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Answers SOAP messages without being their receiver: it sees them as they came and decides what goes back. Called from any thread.
/// </summary>
public interface IRelay
{
    /// <summary>Answers a message.</summary>
    /// <param name="request">The message, of which nothing has been read.</param>
    /// <param name="ct">Cancelled when the caller is gone.</param>
    /// <returns>The answer; the host writes and disposes it.</returns>
    ValueTask<RelayReply> HandleAsync(RelayRequest request, CancellationToken ct);

    /// <summary>Finds the contract, or a part of it, that a query asks for.</summary>
    /// <param name="request">The request; it has no body.</param>
    /// <param name="query">The query of its address, such as <c>?wsdl</c>.</param>
    /// <returns>The document in UTF-8; null where there is none, or none for this caller.</returns>
    ReadOnlyMemory<byte>? FindDocument(RelayRequest request, string query);
}
