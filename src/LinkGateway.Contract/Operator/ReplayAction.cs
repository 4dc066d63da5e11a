namespace LinkGateway.Contract.Operator;

/// <summary>What a replay does about one delivery. The names, in camelCase, are the wire values.</summary>
public enum ReplayAction
{
    /// <summary>The delivery did not reach its receiver: it goes on, as if released.</summary>
    Continue,

    /// <summary>The receiver had it: copy n+1 is made, a delivery of its own.</summary>
    Copy,

    /// <summary>Nothing; the text says why, and what to do instead.</summary>
    Skip,
}
