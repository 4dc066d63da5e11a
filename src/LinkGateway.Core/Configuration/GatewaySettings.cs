namespace LinkGateway.Core.Configuration;

/// <summary>Who this gateway is.</summary>
public sealed record GatewaySettings
{
    /// <summary>Id of this gateway: stands in receipts and hop lists, and never changes once receipts were issued.</summary>
    public required string Id { get; init; }

    /// <summary>What this gateway carries: production (本番), training (訓練) or test (テスト). The three are never mixed.</summary>
    public required OperatingEnvironment Environment { get; init; }

    /// <summary>Address by which others reach this gateway, such as https://gw-a.example.jp:8443; needed for callbacks.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>IANA time zone of times without offset, and of the dates on which interface versions come into force.</summary>
    public string TimeZone { get; init; } = "Asia/Tokyo";
}
