namespace LinkGateway.Contract.Statements;

/// <summary>What a gateway states about its own keeping.</summary>
public static class StatementKinds
{
    /// <summary>What was removed, when, and by which rule.</summary>
    public const string Purge = "purge";

    /// <summary>Rows of the journal went into an archive file: its name, size, digest and what is in it.</summary>
    public const string Archive = "archive";
}
