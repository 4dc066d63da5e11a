using System.Diagnostics.CodeAnalysis;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Maps SOAP services to addresses.</summary>
public static class SoapEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves a SOAP service: POST for messages in SOAP 1.1 and 1.2, with and without attachments, GET with <c>?wsdl</c> and
    /// <c>?xsd=</c> for its
    /// documents.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route pattern of the address.</param>
    /// <param name="service">The service.</param>
    /// <param name="options">The limits; the defaults where null.</param>
    /// <param name="end">Ends exchanges, where middleware or other services count their drains together with this one; else null.</param>
    /// <param name="carrier">
    /// Another stack that carries the messages: it finds each as <see cref="CarriedExchange"/> among the features of the request. Null
    /// where they are read and written here.
    /// </param>
    /// <returns>
    /// Adds conventions to the endpoint, for example who may call it: what middleware judges is judged before the body is asked for.
    /// </returns>
    public static IEndpointConventionBuilder MapSoapService(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        SoapService service,
        SoapHostOptions? options = null,
        AnswerEnd? end = null,
        RequestDelegate? carrier = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(service);
        var logger = endpoints.ServiceProvider.GetRequiredService<ILogger<SoapEndpoint>>();
        options ??= new SoapHostOptions();
        end ??= new AnswerEnd(options, endpoints.ServiceProvider.GetRequiredService<ILogger<AnswerEnd>>());
        var relay = new OperationRelay(service, options.Message, new ServiceLog(logger));
        var endpoint = new SoapEndpoint(service.Name, relay, options, end, carrier, logger);
        return endpoints.Map(pattern, endpoint.HandleAsync).WithDisplayName($"SOAP {service.Name}");
    }

    /// <summary>Serves a relay: POST for messages, GET for the documents of its contracts.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route pattern of its addresses.</param>
    /// <param name="relay">The relay.</param>
    /// <param name="options">The limits of HTTP; the relay applies those of messages.</param>
    /// <param name="end">Ends exchanges, together with those of other services.</param>
    /// <param name="carrier">Another stack that carries the messages; null where they are read and written here.</param>
    /// <returns>Adds conventions to the endpoint.</returns>
    public static IEndpointConventionBuilder MapSoapRelay(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        IRelay relay,
        SoapHostOptions options,
        AnswerEnd end,
        RequestDelegate? carrier = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(relay);
        var logger = endpoints.ServiceProvider.GetRequiredService<ILogger<SoapEndpoint>>();
        var endpoint = new SoapEndpoint(pattern, relay, options, end, carrier, logger);
        return endpoints.Map(pattern, endpoint.HandleAsync).WithDisplayName($"SOAP relay {pattern}");
    }
}
