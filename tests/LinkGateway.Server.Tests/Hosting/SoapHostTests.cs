#if !CORE_WCF
using LinkGateway.Server.Hosting;
#endif
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Hosting;

/// <summary>The choice of the stack that carries SOAP messages.</summary>
public sealed class SoapHostTests
{
#if CORE_WCF
    [Fact]
    public async Task A_gateway_that_was_built_with_CoreWCF_answers_on_it()
    {
        await using var gateway = await TestGateway.StartAsync(json => json["soapHost"] = "coreWcf");

        var status = await gateway.As("kaoku").GetTransferStatusAsync(Files.Status("none"), CancellationToken.None);

        Assert.NotNull(status.Refusal);
        // What CoreWCF logs by itself has no event id.
        Assert.Contains(gateway.Log.Texts(0), text => text.Contains("CoreWCF", StringComparison.Ordinal));
    }
#else
    [Fact]
    public async Task A_gateway_that_was_built_without_CoreWCF_refuses_it_and_says_what_to_do()
    {
        using var folder = new GatewayFolder(json => json["soapHost"] = "coreWcf");

        var error = await Assert.ThrowsAsync<StartException>(() => GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())));

        Assert.Equal(ExitCode.BadConfiguration, error.ExitCode);
        var problem = Assert.Single(error.Problems);
        Assert.StartsWith("$.soapHost: ", problem, StringComparison.Ordinal);
        Assert.Contains("-p:CoreWcf=true", problem, StringComparison.Ordinal);
    }
#endif
}
