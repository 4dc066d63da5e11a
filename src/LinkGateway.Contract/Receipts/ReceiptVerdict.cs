namespace LinkGateway.Contract.Receipts;

/// <summary>What came of verifying a receipt.</summary>
public enum ReceiptVerdict
{
    /// <summary>Signed by a trusted key, and unchanged.</summary>
    Valid,

    /// <summary>Not XML, with a DTD, or too large.</summary>
    Malformed,

    /// <summary>Not a receipt with exactly one enveloped signature over all of it, made with the listed algorithms.</summary>
    WrongShape,

    /// <summary>Signed by a key that is not among the trusted certificates.</summary>
    NotTrusted,

    /// <summary>Changed after it was signed, or the signature is not that key's.</summary>
    Tampered,
}
