using LinkGateway.Core.Configuration;
#if CORE_WCF
using LinkGateway.Soap.CoreWcf.Carrying;
#endif

namespace LinkGateway.Server.Hosting;

/// <summary>The stacks that can carry SOAP messages in this build.</summary>
static class SoapCarriers
{
    /// <summary>Why a host cannot be had in this build; null where it can.</summary>
    public static ConfigurationError? Missing(SoapHost host) => host == SoapHost.CoreWcf && !HasCoreWcf
        ? new("$.soapHost", "this gateway was built without CoreWCF",
            "Build it with -p:CoreWcf=true and the packages CoreWCF.Http and CoreWCF.Primitives (docs/corewcf.md), or say \"kestrel\"")
        : null;

    /// <summary>Refuses a host that is not in this build.</summary>
    /// <exception cref="StartException">It is not.</exception>
    public static void Require(SoapHost host)
    {
        if (Missing(host) is { } error)
            throw new StartException(ExitCode.BadConfiguration, [error.ToString()]);
    }

#if CORE_WCF
    static bool HasCoreWcf => true;

    /// <summary>Adds what a host needs; after Kestrel.</summary>
    public static void AddServices(IServiceCollection services, SoapHost host)
    {
        if (host == SoapHost.CoreWcf)
            services.AddCoreWcfCarrier();
    }

    /// <summary>What the endpoints hand their messages to; null where they carry them themselves.</summary>
    public static RequestDelegate? Build(IApplicationBuilder application, SoapHost host) =>
        host == SoapHost.CoreWcf ? application.BuildCoreWcfCarrier() : null;
#else
    static bool HasCoreWcf => false;

    /// <summary>Adds what a host needs: nothing, in this build.</summary>
    public static void AddServices(IServiceCollection services, SoapHost host)
    {
    }

    /// <summary>What the endpoints hand their messages to: nothing, in this build.</summary>
    public static RequestDelegate? Build(IApplicationBuilder application, SoapHost host) => null;
#endif
}
