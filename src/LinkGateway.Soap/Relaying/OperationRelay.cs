using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Answers messages by the operations of a service: one way to read, judge, invoke and answer for every host, whatever carries the bytes.
/// Thread-safe.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="limits">What reading a message may cost.</param>
/// <param name="log">Where refusals and failures are noted.</param>
public sealed class OperationRelay(SoapService service, MessageLimits limits, IServiceLog log) : IRelay
{
    /// <inheritdoc/>
    public async ValueTask<RelayReply> HandleAsync(RelayRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var exchange = new OperationExchange(service, request, log);
        try
        {
            return await exchange.AnswerAsync(limits, ct);
        }
        catch
        {
            exchange.End();
            throw;
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? FindDocument(RelayRequest request, string query)
    {
        ArgumentNullException.ThrowIfNull(request);
        return service.Wsdl?.Find(query, request.Address);
    }
}
