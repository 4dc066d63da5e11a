using System.Collections.Frozen;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// Which HTTP headers are passed on: all, except those of one connection (RFC 9110, 7.6.1; pitfall 47), those meant for this gateway, and
/// those that a gateway must not speak for others in.
/// </summary>
static class PassedHeaders
{
    static readonly FrozenSet<string> OfRequests = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        // For this gateway: the caller's credentials are nobody else's to see.
        "Host", "Authorization", "Proxy-Authorization", "Cookie",
        // The answer must be readable here; a destination that may compress is asked to by its own channel.
        "Accept-Encoding", "Content-Encoding",
        // Whom they name was judged by whoever stands before this gateway, if by anybody; receivers would take this gateway's word for it.
        "Forwarded", "X-Real-IP", "Via", "Remote-User", "X-Remote-User", "X-Original-URL", "X-Rewrite-URL", "X-Client-Cert",
        // They speak of bytes that conversion may change.
        "Content-MD5", "Digest", "Content-Digest", "Repr-Digest");

    // Origin, message id and hops of a request; message id and fault of an answer.
    const int AddedByGateways = 3;

    static readonly string[] KeptPrefixes = [LinkGatewayHeaders.Prefix, "X-Forwarded-", "X-SSL-"];

    static readonly FrozenSet<string> OfAnswers = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        // A challenge would ask the caller for credentials of this gateway with the receiver, cookies bind callers that share a channel.
        "WWW-Authenticate", "Proxy-Authenticate", "Authentication-Info", "Set-Cookie",
        // Our own server states its own.
        "Date", "Server", "Alt-Svc", "Strict-Transport-Security");

    public static List<KeyValuePair<string, string>> OfRequest(IReadOnlyDictionary<string, string> headers)
    {
        var passed = Passed(headers, OfRequests);
        // Kestrel shows a value that begins with keep-alive as that word alone: names behind it cannot be known here.
        if (headers.TryGetValue("Connection", out var connection))
        {
            var named = connection.Split(',', StringSplitOptions.TrimEntries);
            passed.RemoveAll(header => named.Contains(header.Key, StringComparer.OrdinalIgnoreCase));
        }
        return passed;
    }

    /// <param name="headers">The headers of an answer, those of its connection left out already.</param>
    public static List<KeyValuePair<string, string>> OfAnswer(IReadOnlyCollection<KeyValuePair<string, string>> headers) =>
        Passed(headers, OfAnswers);

    static List<KeyValuePair<string, string>> Passed(IReadOnlyCollection<KeyValuePair<string, string>> headers, FrozenSet<string> kept)
    {
        var passed = new List<KeyValuePair<string, string>>(headers.Count + AddedByGateways);
        foreach (var header in headers)
        {
            if (!ConnectionHeaders.Contains(header.Key) && !kept.Contains(header.Key) && !HasKeptPrefix(header.Key))
                passed.Add(header);
        }
        return passed;
    }

    static bool HasKeptPrefix(string name)
    {
        foreach (var prefix in KeptPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
