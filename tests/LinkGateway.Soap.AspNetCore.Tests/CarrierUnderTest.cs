using LinkGateway.Testing.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
#if CORE_WCF
using LinkGateway.Soap.CoreWcf.Carrying;
#endif

namespace LinkGateway.Soap.AspNetCore;

/// <summary>What carries the messages of the server under test: <see cref="SoapHostUnderTest"/>.</summary>
static class CarrierUnderTest
{
    public static void AddServices(IServiceCollection services)
    {
        if (!SoapHostUnderTest.IsCoreWcf)
            return;
#if CORE_WCF
        services.AddCoreWcfCarrier();
#else
        throw new InvalidOperationException("LINKGATEWAY_SOAP_HOST=coreWcf needs tests that were built with -p:CoreWcf=true.");
#endif
    }

    public static RequestDelegate? Build(IApplicationBuilder application) =>
#if CORE_WCF
        SoapHostUnderTest.IsCoreWcf ? application.BuildCoreWcfCarrier() : null;
#else
        null;
#endif
}
