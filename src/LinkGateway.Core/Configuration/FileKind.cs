namespace LinkGateway.Core.Configuration;

/// <summary>Kind of a file (DESIGN section 6, Manifest).</summary>
public enum FileKind
{
    /// <summary>全件: everything.</summary>
    Full,

    /// <summary>差分: what differs from an earlier file.</summary>
    Difference,

    /// <summary>異動: what happened.</summary>
    Change,

    /// <summary>No file but a stored SOAP message; the kind of every interface with a service, and of no other.</summary>
    Message,
}
