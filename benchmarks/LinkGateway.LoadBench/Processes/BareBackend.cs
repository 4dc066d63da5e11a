using Microsoft.AspNetCore.Http;

namespace LinkGateway.LoadBench.Processes;

/// <summary>A receiver that costs next to nothing: throws each body away and answers with the same envelope.</summary>
static class BareBackend
{
    /// <summary>Serves until killed: <c>large</c> (blocks, as is best for attachments) or <c>small</c>.</summary>
    public static Task RunAsync(string ready, string[] arguments) => BareServer.RunAsync(ready, AnswerAsync, arguments[0] == "large");

    static async Task AnswerAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        await SoapEndpoint.AnswerAsync(context);
    }
}
