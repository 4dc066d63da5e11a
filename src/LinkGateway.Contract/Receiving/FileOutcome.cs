namespace LinkGateway.Contract.Receiving;

/// <summary>What a receiving system says of a file: the values of <see cref="FileResult.Outcome"/>.</summary>
public static class FileOutcome
{
    /// <summary>The whole file is durable there.</summary>
    public const string Stored = "stored";

    /// <summary>It will never be taken.</summary>
    public const string Rejected = "rejected";

    /// <summary>No such file is stored there; with a time to ask again, it is still being worked on.</summary>
    public const string Unknown = "unknown";
}
