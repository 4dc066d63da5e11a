namespace LinkGateway.Contract.Receipts;

/// <summary>What the receiving system made of a file (業務取込結果). Wire values are the lower-case names.</summary>
public enum AppliedResult
{
    /// <summary>It took the file over, all records or the good ones.</summary>
    Applied,

    /// <summary>It did not take the file over.</summary>
    Rejected,
}
