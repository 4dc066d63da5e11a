using LinkGateway.LoadBench.Load;
using LinkGateway.Soap.AspNetCore.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace LinkGateway.LoadBench.Processes;

/// <summary>A receiver that costs next to nothing: throws each body away and answers with the same envelope.</summary>
static class BareBackend
{
    /// <summary>Starts one as a process of its own.</summary>
    /// <param name="folder">Where it says that it is ready.</param>
    /// <param name="largeBlocks">Whether it takes bodies in in large blocks, as is best for attachments.</param>
    public static async Task<(Child Process, Uri Address)> StartAsync(string folder, bool largeBlocks)
    {
        var ready = Path.Combine(folder, "backend.ready");
        var process = Child.Start("LinkGateway.LoadBench", ["--serve", "backend", ready, largeBlocks ? "large" : "small"]);
        await process.WaitForAsync(ready);
        return (process, new Uri(await File.ReadAllTextAsync(ready)));
    }

    /// <summary>Serves until killed: <c>--serve backend READYFILE large|small</c>.</summary>
    public static async Task RunAsync(string[] args)
    {
        var (ready, largeBlocks) = (args[2], args[3] == "large");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        if (largeBlocks) builder.WebHost.UseLargeBlocks();
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        await File.WriteAllTextAsync(ready + ".new", app.Urls.First());
        File.Move(ready + ".new", ready);
        await app.WaitForShutdownAsync();
    }

    static async Task AnswerAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = LookupMessages.Answer.Length;
        await context.Response.BodyWriter.WriteAsync(LookupMessages.Answer);
    }
}
