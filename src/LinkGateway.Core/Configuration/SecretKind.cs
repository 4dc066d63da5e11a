namespace LinkGateway.Core.Configuration;

/// <summary>Where a secret lies.</summary>
public enum SecretKind
{
    /// <summary><c>env:NAME</c>: in an environment variable.</summary>
    Variable,

    /// <summary><c>file:PATH</c>: in a file, without the line end after it.</summary>
    File,

    /// <summary><c>pbkdf2-sha256$…</c>: nowhere; only a password shown by a caller can be compared with it.</summary>
    Hash,
}
