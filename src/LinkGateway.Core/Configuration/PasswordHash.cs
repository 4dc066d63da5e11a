using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.Core.Configuration;

/// <summary>A password as it may be stored: PBKDF2 with HMAC-SHA-256 (RFC 8018), in constant time.</summary>
/// <remarks>
/// Written <c>pbkdf2-sha256$iterations$salt$hash</c>: iterations in decimal, 16 to 64 bytes of salt and 32 bytes of hash in base64.
/// Passwords are taken as UTF-8. Immutable and thread-safe.
/// </remarks>
public sealed class PasswordHash
{
    /// <summary>Iterations of a new hash (OWASP's figure for PBKDF2 with HMAC-SHA-256).</summary>
    public const int DefaultIterations = 600_000;

    const string Prefix = "pbkdf2-sha256";
    const int HashBytes = 32;
    const int NewSaltBytes = 16;
    // Bounds what one wrong call can cost, and refuses hashes that protect nothing.
    const int MinIterations = 10_000, MaxIterations = 10_000_000;

    readonly int _iterations;
    readonly byte[] _salt;
    readonly byte[] _hash;

    PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>Makes a new hash with a salt of its own.</summary>
    /// <param name="password">The password.</param>
    /// <param name="iterations">Iterations, 10,000 to 10,000,000.</param>
    public static PasswordHash Create(string password, int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
#pragma warning disable RS0030 // A salt is drawn where a password is set by hand, not while the gateway runs.
        var salt = RandomNumberGenerator.GetBytes(NewSaltBytes);
#pragma warning restore RS0030
        return new(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads the written form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (text.Split('$') is not [Prefix, var count, var saltText, var hashText]) return false;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return false;
        if (iterations is < MinIterations or > MaxIterations) return false;
        if (!Base64.IsValid(saltText) || !Base64.IsValid(hashText)) return false;

        var salt = Convert.FromBase64String(saltText);
        var bytes = Convert.FromBase64String(hashText);
        if (salt.Length is < 16 or > 64 || bytes.Length != HashBytes) return false;
        hash = new(iterations, salt, bytes);
        return true;
    }

    /// <summary>Whether <paramref name="password"/> is the one that was hashed; compared in constant time.</summary>
    public bool Verify(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, _iterations), _hash);

    /// <summary>The written form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Prefix}${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
