using System.Security.Cryptography;
using System.Text;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Core.Sets;

/// <summary>The identity of a file set to one receiver (DESIGN section 5).</summary>
static class SetKeys
{
    /// <summary>Origin, set id, receiver and replay in one text; null when the file stands alone.</summary>
    public static string? Of(Manifest manifest, string receiver, int replay) =>
        // No part holds a control character, so none can be mistaken for another.
        manifest.SetId is { } setId ? $"{manifest.Origin}\n{setId}\n{receiver}\n{replay}" : null;

    /// <summary>Some digits by which sets with names alike are told apart in a folder.</summary>
    public static string Mark(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
}
