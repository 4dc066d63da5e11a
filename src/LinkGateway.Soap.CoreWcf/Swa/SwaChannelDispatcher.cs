using CoreWCF.Channels;
using CoreWCF.Configuration;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Answers what cannot be read, and hands all else to the service model with its reply prepared for the encoder.</summary>
sealed class SwaChannelDispatcher(IServiceChannelDispatcher inner, SwaMessageEncodingBindingElement settings) : IServiceChannelDispatcher
{
    public Task DispatchAsync(RequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Throws where the transport refuses the message, which CoreWCF answers.
        var request = context.RequestMessage;
        if (request.Properties.TryGetValue(nameof(SwaUnreadable), out var property) && property is SwaUnreadable unreadable)
            return RefuseAsync(context, unreadable.Version, unreadable.Fault, unreadable.Deviations);
        if (SwaMessageProperty.Of(request.Properties) is not { } swa)
            return inner.DispatchAsync(context);
        try
        {
            SoapActionRules.Judge(ActionOf(request), swa.Envelope.Version, swa.Deviations);
        }
        catch (SoapFormatException e)
        {
            return RefuseAsync(context, swa.Envelope.Version, e.Fault, swa.Deviations);
        }
        return inner.DispatchAsync(new SwaRequestContext(context, swa.Envelope.Version, swa, swa.Deviations, settings));
    }

    public Task DispatchAsync(Message message) => inner.DispatchAsync(message);

    async Task RefuseAsync(RequestContext context, SoapVersion version, SoapFault fault, DeviationLog deviations)
    {
        var refusal = new SwaRequestContext(context, version, swa: null, deviations, settings);
        await refusal.ReplyAsync(fault);
        await refusal.CloseAsync();
    }

    static string? ActionOf(Message request) =>
        request.Properties.TryGetValue(HttpRequestMessageProperty.Name, out var property) && property is HttpRequestMessageProperty http
            ? http.Headers["SOAPAction"]
            : null;
}
