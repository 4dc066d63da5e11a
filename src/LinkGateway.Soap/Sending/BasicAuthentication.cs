using System.Net.Http.Headers;
using System.Text;

namespace LinkGateway.Soap.Sending;

/// <summary>Basic authentication of HTTP.</summary>
public static class BasicAuthentication
{
    /// <summary>The header that proves who calls; in UTF-8 (RFC 7617, 2.1).</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="password">The password.</param>
    public static AuthenticationHeaderValue Header(string user, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
