using CoreWCF.Channels;
using CoreWCF.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>CoreWCF as the stack that carries the messages of our services and relays.</summary>
public static class CoreWcfCarrier
{
    // CoreWCF answers by itself, and not by a fault, where a request has no body; and where no length is told it reads a byte ahead to
    // find out. It looks at nothing but this header.
    const long SomeBody = long.MaxValue;

    const string DataProtection = "Microsoft.AspNetCore.DataProtection";

    /// <summary>
    /// Adds what CoreWCF needs. Call it after UseKestrel: CoreWCF opens its services when the server that it finds has started.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCoreWcfCarrier(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddServiceModelServices();
        services.AddSingleton<MessageService>();
        // For security tokens, which are not used here: at start it would write keys into the user's home.
        foreach (var start in services.Where(IsDataProtectionStart).ToList())
            services.Remove(start);
        return services;
    }

    /// <summary>Puts CoreWCF in front of exchanges: it takes requests that carry one, at whatever address.</summary>
    /// <param name="application">The application; once only.</param>
    /// <returns>What the endpoints hand their messages to.</returns>
    public static RequestDelegate BuildCoreWcfCarrier(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var branch = application.New();
        branch.UseServiceModel(services => services
            .AddService<MessageService>()
            .AddServiceEndpoint<MessageService, IMessages>(
                CarryingBinding.Over(new HttpTransportBindingElement()), new Uri("http://localhost/"))
            .AddServiceEndpoint<MessageService, IMessages>(
                CarryingBinding.Over(new HttpsTransportBindingElement()), new Uri("https://localhost/")));
        var pipeline = branch.Build();
        return http =>
        {
            http.Request.ContentLength = SomeBody;
            return pipeline(http);
        };
    }

    static bool IsDataProtectionStart(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly.GetName().Name == DataProtection;
}
