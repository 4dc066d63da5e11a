namespace LinkGateway.Core.Configuration;

/// <summary>The wire values of <see cref="OperatingEnvironment"/>.</summary>
public static class OperatingEnvironments
{
    /// <summary>The value as manifests and receipts write it: <c>production</c>, <c>training</c> or <c>test</c>.</summary>
    public static string WireName(this OperatingEnvironment environment) => environment switch
    {
        OperatingEnvironment.Production => "production",
        OperatingEnvironment.Training => "training",
        OperatingEnvironment.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(environment)),
    };
}
