namespace LinkGateway.Core.Configuration;

/// <summary>What kind of data flows: manifest, route, destination and gateway must agree (DESIGN section 6, Manifest).</summary>
public enum OperatingEnvironment
{
    /// <summary>本番.</summary>
    Production,

    /// <summary>訓練.</summary>
    Training,

    /// <summary>テスト.</summary>
    Test,
}
