namespace LinkGateway.Relay.Channels;

/// <summary>Words for what a transport threw, which partners may read: no addresses, nothing of ours.</summary>
static class TransportFailure
{
    public static string Describe(Exception error) => error switch
    {
        HttpRequestException http => Describe(http.HttpRequestError),
        HttpIOException http => Describe(http.HttpRequestError),
        InvalidDataException => "its compressed body is damaged",
        OperationCanceledException => "no connection was made in time",
        _ => "the connection broke",
    };

    static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its name cannot be resolved",
        HttpRequestError.ConnectionError => "no connection can be made",
        HttpRequestError.SecureConnectionError => "no secure connection can be made",
        HttpRequestError.ProxyTunnelError => "the proxy makes no connection",
        HttpRequestError.ResponseEnded => "the connection was closed before the end of the answer",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "it is no HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "its HTTP headers are too large",
        _ => "the connection broke",
    };
}
