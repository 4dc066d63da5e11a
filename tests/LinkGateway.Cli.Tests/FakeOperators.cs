using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Cli;

/// <summary>An operator API on a real loopback port that answers what a test lays down.</summary>
sealed class FakeOperators : IAsyncDisposable
{
    readonly WebApplication _application;

    FakeOperators(WebApplication application) => _application = application;

    public Uri Address =>
        new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Method, path with query, and body of each request.</summary>
    public ConcurrentQueue<(string Method, string Path, string Body)> Requests { get; } = [];

    /// <summary>The answers by path without query.</summary>
    public ConcurrentDictionary<string, (int Status, byte[] Body)> Answers { get; } = [];

    public static async Task<FakeOperators> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var fake = new FakeOperators(builder.Build());
        fake._application.Run(fake.AnswerAsync);
        await fake._application.StartAsync();
        return fake;
    }

    public void Answer<T>(string path, T answer, JsonTypeInfo<T> type) =>
        Answers[path] = (200, JsonSerializer.SerializeToUtf8Bytes(answer, type));

    public void Refuse(string path, int status, string code) => Answers[path] = (status, JsonSerializer.SerializeToUtf8Bytes(
        new OperatorFault { Code = code, Text = "told to", Side = status < 500 ? FaultSide.Sender : FaultSide.Gateway },
        OperatorJson.Default.OperatorFault));

    public static DeliverySummary Delivery(string id, string state) => new()
    {
        DeliveryId = id,
        State = state,
        Origin = "juki",
        TransferId = "night-7",
        Receiver = "kaoku",
        Destination = "kaoku-folder",
        FileName = "houses.csv",
        Attempts = 3,
        ReasonCode = "LG-6003",
        ReasonText = "the file is there already",
        CreatedAt = new DateTimeOffset(2026, 4, 1, 3, 0, 0, TimeSpan.FromHours(9)),
        UpdatedAt = new DateTimeOffset(2026, 4, 1, 3, 5, 0, TimeSpan.FromHours(9)),
    };

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync()));
        var (status, body) = Answers.GetValueOrDefault(context.Request.Path, (404, "not found"u8.ToArray()));
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(body);
    }
}
