using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>A secret by reference, so that none stands in <c>gateway.json</c>.</summary>
/// <remarks>
/// Resolved each time it is used, so that it can be changed without reload. Immutable and thread-safe.
/// <see cref="ToString"/> shows no hash.
/// </remarks>
[JsonConverter(typeof(SecretReferenceConverter))]
public sealed record SecretReference
{
    const string VariablePrefix = "env:";
    const string FilePrefix = "file:";

    SecretReference(SecretKind kind, string value) => (Kind, Value) = (kind, value);

    /// <summary>Where the secret lies.</summary>
    public SecretKind Kind { get; }

    /// <summary>Name of the variable, path of the file, or the encoded hash.</summary>
    public string Value { get; }

    /// <summary>Reads <c>env:NAME</c>, <c>file:PATH</c> or a <see cref="PasswordHash"/>; anything else is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretReference? secret)
    {
        secret = text switch
        {
            _ when text.StartsWith(VariablePrefix, StringComparison.Ordinal) && text.Length > VariablePrefix.Length =>
                new(SecretKind.Variable, text[VariablePrefix.Length..]),
            _ when text.StartsWith(FilePrefix, StringComparison.Ordinal) && text.Length > FilePrefix.Length =>
                new(SecretKind.File, text[FilePrefix.Length..]),
            _ when PasswordHash.TryParse(text, out _) => new(SecretKind.Hash, text),
            _ => null,
        };
        return secret is not null;
    }

    /// <summary>Fetches the secret.</summary>
    /// <param name="host">Files and environment.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="problem">Why it cannot be had, without the secret in it.</param>
    public bool TryResolve(IConfigurationHost host, [NotNullWhen(true)] out string? secret, [NotNullWhen(false)] out string? problem)
    {
        (secret, problem) = Kind switch
        {
            SecretKind.Variable => host.GetVariable(Value) is { Length: > 0 } value
                ? (value, null)
                : (null, $"the environment variable {Value} is not set; set it for the gateway's process"),
            SecretKind.File => ReadFile(host),
            _ => (null, "a hash holds no secret to use; write env:NAME or file:PATH"),
        };
        return secret is not null;
    }

    /// <summary>Whether a password shown by a caller is this one; compared in constant time. False when the secret cannot be had.</summary>
    /// <remarks>Costly for a hash, by purpose: some 100 ms of one core.</remarks>
    public bool Matches(string presented, IConfigurationHost host)
    {
        var text = Value;
        if (Kind != SecretKind.Hash && !TryResolve(host, out text, out _)) return false;
        if (PasswordHash.TryParse(text, out var hash)) return hash.Verify(presented);

        // Hashed first, so that neither content nor length shows in the time taken.
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(presented)), SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The reference as the file writes it, without the digits of a hash.</summary>
    public override string ToString() => Kind == SecretKind.Hash ? "pbkdf2-sha256$…" : Text;

    /// <summary>The reference exactly as the file writes it.</summary>
    internal string Text => Kind switch
    {
        SecretKind.Variable => VariablePrefix + Value,
        SecretKind.File => FilePrefix + Value,
        _ => Value,
    };

    /// <summary>The same reference with the path of a file taken from <paramref name="basePath"/>.</summary>
    internal static string MakeAbsolute(string text, string basePath) =>
        text.StartsWith(FilePrefix, StringComparison.Ordinal) ? FilePrefix + Path.GetFullPath(text[FilePrefix.Length..], basePath) : text;

    (string? Secret, string? Problem) ReadFile(IConfigurationHost host)
    {
        try
        {
            var text = Encoding.UTF8.GetString(host.ReadFile(Value)).TrimStart('\uFEFF').TrimEnd('\r', '\n');
            return text.Length > 0 ? (text, null) : (null, $"the file {Value} is empty; write the secret into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file {Value} cannot be read: {e.Message}");
        }
    }
}
