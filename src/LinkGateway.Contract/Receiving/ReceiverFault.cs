namespace LinkGateway.Contract.Receiving;

/// <summary>The typed detail of a receiving system's fault: element <c>receiverFault</c>. The file was not stored.</summary>
/// <param name="Code"><see cref="Busy"/>, <see cref="Damaged"/>, or the receiving system's own code.</param>
/// <param name="Text">What, where and what to do.</param>
/// <param name="Detail">More for the one who looks into it; null when there is no more.</param>
public sealed record ReceiverFault(string Code, string Text, string? Detail = null)
{
    /// <summary>It has no room or no time now.</summary>
    public const string Busy = "busy";

    /// <summary>The bytes are not those that were announced.</summary>
    public const string Damaged = "damaged";
}
