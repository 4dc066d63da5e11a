using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Manifests;

/// <summary>What the origin says of a file (DESIGN section 6). Travels unchanged from gateway to gateway.</summary>
/// <remarks>Immutable. Optional fields are null when absent. What may stand in a field is checked in Core, with coded faults.</remarks>
public sealed record Manifest
{
    /// <summary>The media type of a manifest that states none.</summary>
    public const string DefaultMediaType = "text/csv";

    /// <summary>Participant that made the file.</summary>
    public required string Origin { get; init; }

    /// <summary>The participants that shall receive it, at least one, in the origin's order.</summary>
    public required IReadOnlyList<string> Receivers { get; init; }

    /// <summary>団体コード of the origin, six digits; null when not stated.</summary>
    public string? OriginOrganisation { get; init; }

    /// <summary>団体コード of the receiver, six digits; null when not stated.</summary>
    public string? ReceiverOrganisation { get; init; }

    /// <summary>Id of the 連携インタフェース.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Version of the interface; null means the one in force.</summary>
    public string? InterfaceVersion { get; init; }

    /// <summary>業務ユニット number.</summary>
    public string? BusinessUnit { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary><c>full</c>, <c>difference</c> or <c>change</c> (全件, 差分, 異動).</summary>
    public required string Kind { get; init; }

    /// <summary>For a difference: the transfer that it builds on.</summary>
    public string? BaseTransferId { get; init; }

    /// <summary>For a difference: SHA-256 of the file that it builds on.</summary>
    public Sha256Digest? BaseSha256 { get; init; }

    /// <summary>基準日: the date that the data are of.</summary>
    public DateOnly? BaseDate { get; init; }

    /// <summary>Version of the layout.</summary>
    public string? LayoutVersion { get; init; }

    /// <summary><c>production</c>, <c>training</c> or <c>test</c> (本番, 訓練, テスト).</summary>
    public required string Environment { get; init; }

    /// <summary>Classification of the data.</summary>
    public string? DataClass { get; init; }

    /// <summary>法的根拠 of the hand-over.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>When the origin made the manifest. Not part of the manifest digest.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>After this instant the file is of no use and is not delivered.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Group within which order matters.</summary>
    public string? OrderGroup { get; init; }

    /// <summary>Place in the order group.</summary>
    public long? OrderSequence { get; init; }

    /// <summary>File set that it belongs to.</summary>
    public string? SetId { get; init; }

    /// <summary>Place in the set, from 1.</summary>
    public int? SetIndex { get; init; }

    /// <summary>Number of members of the set.</summary>
    public int? SetCount { get; init; }

    /// <summary>Name of the file, without folders.</summary>
    public required string FileName { get; init; }

    /// <summary>Media type of the file.</summary>
    public string MediaType { get; init; } = DefaultMediaType;

    /// <summary>Character encoding of the file, such as <c>windows-31j</c>.</summary>
    public string? Charset { get; init; }

    /// <summary>Content encoding such as <c>gzip</c>; null means none.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Size in bytes; binding when given.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the whole file; binding when given.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>Number of records that the origin counted.</summary>
    public long? RecordCount { get; init; }

    /// <summary>The origin's own properties.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
