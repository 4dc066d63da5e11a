using LinkGateway.Soap.AspNetCore.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace LinkGateway.LoadBench.Processes;

/// <summary>Kestrel with one handler and nothing else.</summary>
static class BareServer
{
    /// <summary>Serves until killed.</summary>
    /// <param name="ready">File that gets the address once it serves.</param>
    /// <param name="handler">Answers each request.</param>
    /// <param name="largeBlocks">Whether the transport takes bodies in in large blocks.</param>
    /// <param name="https">Whether it speaks TLS.</param>
    public static async Task RunAsync(string ready, RequestDelegate handler, bool largeBlocks, bool https = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (https) listen.UseHttps(SelfSigned.Make());
            });
        });
        if (https) builder.WebHost.UseKestrelHttpsConfiguration();
        if (largeBlocks) builder.WebHost.UseLargeBlocks();
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync();
        await File.WriteAllTextAsync(ready + ".new", app.Urls.First());
        File.Move(ready + ".new", ready);
        await app.WaitForShutdownAsync();
    }
}
