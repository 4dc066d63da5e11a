namespace LinkGateway.Contract.Messages;

/// <summary>The wire values of <see cref="ConfirmReceiptRequest.Stage"/>.</summary>
public static class ConfirmStages
{
    /// <summary>The file lies safe at the receiver.</summary>
    public const string Stored = "stored";

    /// <summary>The receiving system took its records over.</summary>
    public const string Applied = "applied";

    /// <summary>The receiving system did not take the file over.</summary>
    public const string Rejected = "rejected";
}
