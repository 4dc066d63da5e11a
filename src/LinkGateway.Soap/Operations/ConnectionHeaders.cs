using System.Collections.Frozen;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// The HTTP headers that belong to one connection and its framing (RFC 9110 7.6.1, RFC 9112 6): whoever passes on a message's headers must
/// leave them out, or its bytes are framed twice (pitfall 47).
/// </summary>
public static class ConnectionHeaders
{
    static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Content-Length", "Content-Type", "Expect", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade");

    /// <summary>Whether a header may not be set beside a message: the message itself, or the connection, decides it.</summary>
    /// <param name="name">The header's name, in any case.</param>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Makes sure that headers to be sent with a message frame nothing.</summary>
    /// <exception cref="ArgumentException">One of them does.</exception>
    internal static IReadOnlyDictionary<string, string> RequireNone(IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var name in headers.Keys)
            Require(name);
        return headers;
    }

    /// <summary>Makes sure that headers to be sent with a message frame nothing.</summary>
    /// <exception cref="ArgumentException">One of them does.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> RequireNone(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        for (var index = 0; index < headers.Count; index++)
            Require(headers[index].Key);
        return headers;
    }

    static void Require(string name)
    {
        if (Contains(name))
            throw new ArgumentException($"The header '{name}' belongs to the connection or the message and cannot be set.", nameof(name));
    }
}
