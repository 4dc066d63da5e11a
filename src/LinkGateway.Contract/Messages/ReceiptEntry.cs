using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Messages;

/// <summary>A receipt as it travels: plain fields beside the signed bytes.</summary>
public sealed record ReceiptEntry
{
    /// <summary>Id of the receipt.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>Kind, lower case: accepted, validated, delivered, applied.</summary>
    public required string Kind { get; init; }

    /// <summary>Issuing gateway.</summary>
    public required string Issuer { get; init; }

    /// <summary>Origin of the transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>The receiver; absent in the entry gateway's accepted receipt.</summary>
    public string? Receiver { get; init; }

    /// <summary>Replay number.</summary>
    public required int Replay { get; init; }

    /// <summary>Size of the payload in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the payload.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>When the thing that it confirms was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The signed XML, byte for byte.</summary>
    public required byte[] ReceiptDocument { get; init; }

    /// <summary>The entry for a receipt and its signed document.</summary>
    public static ReceiptEntry From(ReceiptContent content, byte[] document) => new()
    {
        ReceiptId = content.ReceiptId,
        Kind = content.Kind.ToWire(),
        Issuer = content.Issuer,
        Origin = content.Origin,
        TransferId = content.TransferId,
        Receiver = content.Receiver.Length == 0 ? null : content.Receiver,
        Replay = content.Replay,
        Size = content.Size,
        Sha256 = content.Sha256,
        At = content.At,
        ReceiptDocument = document,
    };

    /// <summary>True when the plain fields say what the verified receipt says; only the latter is evidence.</summary>
    public bool Matches(ReceiptContent verified) => this == From(verified, ReceiptDocument);
}
