namespace LinkGateway.Contract.Receipts;

/// <summary>Kind of a 送達確認 (DESIGN section 2). Wire values are the lower-case names.</summary>
public enum ReceiptKind
{
    /// <summary>受付: bytes and journal entry are durable at the issuer.</summary>
    Accepted,

    /// <summary>検証: a validation step passed.</summary>
    Validated,

    /// <summary>配信: stored at the receiver.</summary>
    Delivered,

    /// <summary>業務取込結果: the receiving system's result.</summary>
    Applied,
}
