using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.Server.Security;

/// <summary>
/// Remembers for a few minutes which passwords were verified, because a PBKDF2 verification for each of thousands of chunks would cost
/// more than the chunks. What is kept is a hash under a random key that is never written down. One object for each configuration in
/// force, so that a reload forgets everything. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class VerifiedPasswords(TimeProvider time)
{
    /// <summary>How long a verification holds without being repeated.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Each entry stands for a correct password, so participants bound the number; this bounds it whatever they are.
    const int Capacity = 4096;

    readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    readonly ConcurrentDictionary<string, DateTimeOffset> _verified = new(StringComparer.Ordinal);

    /// <summary>Whether this pair was verified within <see cref="Lifetime"/>.</summary>
    public bool Contains(BasicHeader credentials) =>
        _verified.TryGetValue(Digest(credentials), out var until) && time.GetUtcNow() < until;

    /// <summary>Remembers a pair that was verified just now.</summary>
    public void Add(BasicHeader credentials)
    {
        if (_verified.Count >= Capacity)
            _verified.Clear();
        _verified[Digest(credentials)] = time.GetUtcNow() + Lifetime;
    }

    string Digest(BasicHeader credentials)
    {
        // RFC 7617: a user name holds no colon, so the pair cannot be read two ways. The key in front is all that is needed: an HMAC keeps
        // those who see digests from making others, and nobody sees these; it would cost several times as much for each request.
        byte[] text = [.. _key, .. Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")];
        return Convert.ToHexString(SHA256.HashData(text));
    }
}
