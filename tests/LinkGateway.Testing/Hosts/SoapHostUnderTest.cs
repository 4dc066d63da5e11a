using System.Text.Json.Nodes;

namespace LinkGateway.Testing.Hosts;

/// <summary>
/// The SOAP host that the tests run on: <c>LINKGATEWAY_SOAP_HOST</c>, a value of <c>soapHost</c> in gateway.json; where it is not set, the
/// gateway's default.
/// </summary>
public static class SoapHostUnderTest
{
    const string Setting = "soapHost";

    /// <summary>The value of the variable; null where it is not set.</summary>
    public static string? Name => Environment.GetEnvironmentVariable("LINKGATEWAY_SOAP_HOST") is { Length: > 0 } name ? name : null;

    /// <summary>Whether CoreWCF carries the messages.</summary>
    public static bool IsCoreWcf => Name == "coreWcf";

    /// <summary>Puts the host into a configuration that does not choose one itself.</summary>
    public static void Choose(JsonNode configuration)
    {
        if (Name is { } name && configuration[Setting] is null)
            configuration[Setting] = name;
    }
}
