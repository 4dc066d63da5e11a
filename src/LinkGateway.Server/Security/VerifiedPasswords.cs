using System.Buffers.Binary;
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
    readonly ConcurrentDictionary<(UInt128 First, UInt128 Second), DateTimeOffset> _verified = new();

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

    (UInt128 First, UInt128 Second) Digest(BasicHeader credentials)
    {
        // RFC 7617: a user name holds no colon, so the pair cannot be read two ways. The key in front is all that is needed: an HMAC keeps
        // those who see digests from making others, and nobody sees these; it would cost several times as much for each request.
        var length = _key.Length + Encoding.UTF8.GetByteCount(credentials.User) + 1 + Encoding.UTF8.GetByteCount(credentials.Password);
        var text = length <= 512 ? stackalloc byte[length] : new byte[length];
        _key.CopyTo(text);
        var at = _key.Length + Encoding.UTF8.GetBytes(credentials.User, text[_key.Length..]);
        text[at++] = (byte)':';
        Encoding.UTF8.GetBytes(credentials.Password, text[at..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        CryptographicOperations.ZeroMemory(text);
        return (BinaryPrimitives.ReadUInt128LittleEndian(digest), BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]));
    }
}
