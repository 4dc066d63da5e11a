using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <summary>One participant (参加者) as the file states it.</summary>
public sealed record ParticipantSettings
{
    /// <summary>Id such as 142051-kaoku; compared exactly.</summary>
    public required string Id { get; init; }

    /// <summary>Name for screens and logs.</summary>
    public string? Name { get; init; }

    /// <summary>A system of a municipality, another gateway, or an operator.</summary>
    public ParticipantKind Kind { get; init; } = ParticipantKind.System;

    /// <summary>団体コード: six digits with their check digit, or five that are completed.</summary>
    public string? OrganisationCode { get; init; }

    /// <summary>With what it proves who it is; null means it cannot call this gateway.</summary>
    public InboundCredentials? Credentials { get; init; }

    /// <summary>How its software speaks; by default leniently judged.</summary>
    public PartnerProfile Profile { get; init; } = new();

    /// <summary>Destination by which it gets replies to asynchronous calls, of kind service; null means that it cannot make any.</summary>
    public string? Callback { get; init; }

    /// <summary>Its service that is told what became of its files; null means that it asks for receipts itself.</summary>
    public NoticeCallback? Notices { get; init; }

    /// <summary>Origins that it may forward for, or * for all. For kind gateway only.</summary>
    public IReadOnlyList<string> MayForwardFor { get; init; } = [];

    /// <summary>Other receivers that it may list and fetch for, or * for all. For kind gateway only.</summary>
    public IReadOnlyList<string> MayReceiveFor { get; init; } = [];

    /// <summary>How much of the gateway it may use; by default as much as there is.</summary>
    public QuotaSettings Quotas { get; init; } = new();
}
