using System.Net.Http.Headers;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Channels;

/// <summary>Reads the HTTP headers of a receiver's answer.</summary>
static class AnswerHeaders
{
    public static bool IsGzip(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
        && values.ToString() is { } coding
        && (coding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase));

    public static string? ContentType(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    /// <summary>The headers that are meant for the caller and not for our connection (RFC 9110 7.6.1).</summary>
    /// <param name="response">The answer.</param>
    /// <param name="decoded">Whether its body is handed out without its coding.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> EndToEnd(HttpResponseMessage response, bool decoded)
    {
        var named = response.Headers.NonValidated.TryGetValues("Connection", out var connection)
            ? connection.ToString().Split(',', StringSplitOptions.TrimEntries)
            : [];
        var headers = new List<KeyValuePair<string, string>>();
        Add(response.Headers.NonValidated, headers, named, decoded);
        Add(response.Content.Headers.NonValidated, headers, named, decoded);
        return headers;
    }

    static void Add(HttpHeadersNonValidated source, List<KeyValuePair<string, string>> target, string[] named, bool decoded)
    {
        foreach (var (name, values) in source)
        {
            if (ConnectionHeaders.Contains(name)
                || named.Contains(name, StringComparer.OrdinalIgnoreCase)
                || decoded && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                target.Add(new(name, value));
        }
    }
}
