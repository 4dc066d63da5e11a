using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LinkGateway.Soap.CoreWcf;

/// <summary>How CoreWCF ends a streamed reply: by a synchronous flush.</summary>
static class LastFlush
{
    /// <summary>
    /// Lets that flush pass, once all is written and flushed: it does nothing then. Refused, CoreWCF would abort the connection, and with
    /// it what is still on its way to the client.
    /// </summary>
    public static void AllowLastFlush(this HttpContext http)
    {
        if (http.Features.Get<IHttpBodyControlFeature>() is { } control)
            control.AllowSynchronousIO = true;
    }
}
