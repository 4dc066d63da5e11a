using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>What CoreWCF brings along that a gateway has no use for; how it carries messages is held by the suites of both hosts.</summary>
public class CoreWcfCarrierTests
{
    [Fact]
    public void Nothing_writes_keys_into_the_users_home_at_the_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel();
        builder.Services.AddCoreWcfCarrier();
        Assert.DoesNotContain(builder.Services, service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.FullName?.Contains("DataProtection", StringComparison.Ordinal) == true);
    }
}
