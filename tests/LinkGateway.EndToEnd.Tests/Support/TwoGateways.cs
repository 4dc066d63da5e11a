using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>Two gateways as processes, a relay before each, and the folders that their files are published in.</summary>
sealed class TwoGateways : IDisposable
{
    TwoGateways()
    {
        Landing = Temp.Folder("akiya-in");
        Archive = Temp.Folder("bunsho-in");
        A = new GatewayProcess("gw-a", Temp.Folder("gw-a"), Passwords.Environment);
        B = new GatewayProcess("gw-b", Temp.Folder("gw-b"), Passwords.Environment);
    }

    public TempFolder Temp { get; } = new();

    /// <summary>On the sender's side.</summary>
    public GatewayProcess A { get; }

    /// <summary>On the receiver's side.</summary>
    public GatewayProcess B { get; }

    /// <summary>Where gateway B publishes.</summary>
    public string Landing { get; }

    /// <summary>Where gateway A publishes.</summary>
    public string Archive { get; }

    /// <summary>Gateway A as the origin sees it, past the relay.</summary>
    public BatchClient OriginAtA => A.As(Configurations.Origin, Passwords.Environment[Passwords.OfOrigin]);

    /// <summary>Gateway B as gateway A sees it, past the relay.</summary>
    public BatchClient AAtB => B.As(A.Id, Passwords.Environment[Passwords.OfA]);

    /// <summary>The origin at gateway A, through the relay.</summary>
    public BatchClient OriginByRelay => A.BehindRelay(
        new ConnectionOptions { User = Configurations.Origin, Password = Passwords.Environment[Passwords.OfOrigin] });

    /// <summary>Starts both.</summary>
    /// <param name="changeA">Changes gateway A's configuration.</param>
    /// <param name="changeB">Changes gateway B's configuration.</param>
    public static async Task<TwoGateways> StartAsync(Action<JsonNode>? changeA = null, Action<JsonNode>? changeB = null)
    {
        var gateways = new TwoGateways();
        try
        {
            await Task.WhenAll(gateways.A.MakeKeysAsync(), gateways.B.MakeKeysAsync());
            gateways.Configure(changeA, changeB);
            await Task.WhenAll(gateways.A.StartAsync(), gateways.B.StartAsync());
            return gateways;
        }
        catch
        {
            gateways.Dispose();
            throw;
        }
    }

    /// <summary>The command line of <c>linkgw send</c> as the origin; more or other options follow.</summary>
    public string[] Send(string file, params string[] more) =>
    [
        "send", file, .. ToA(Configurations.Origin), "--interface", Configurations.Interface, "--environment", "test", "--json",
        .. more.Contains("--to") ? more : ["--to", Configurations.Receiver, .. more],
    ];

    /// <summary>The options of <c>linkgw</c> that lead to gateway A.</summary>
    public string[] ToA(string user) => ["--server", A.Address.ToString(), "--trust", A.TlsCertificate, "--user", user];

    /// <summary>Starts <c>linkgw</c> as the origin.</summary>
    public Linkgw Start(params string[] arguments) => Linkgw.Start(Temp.Root, Passwords.Environment[Passwords.OfOrigin], arguments);

    /// <summary>Runs <c>linkgw</c> as the origin to its end.</summary>
    public async Task<LinkgwResult> RunAsync(params string[] arguments)
    {
        using var linkgw = Start(arguments);
        return await linkgw.ResultAsync();
    }

    /// <summary>What gateway A says of a transfer of the origin.</summary>
    public async Task<TransferStatusResult> StatusAtAAsync(string transferId) =>
        Answered(await OriginAtA.GetTransferStatusAsync(Question(transferId, null), CancellationToken.None));

    /// <summary>What gateway B says of a transfer that was forwarded to it.</summary>
    public async Task<TransferStatusResult> StatusAtBAsync(string transferId, string receiver = Configurations.Receiver) =>
        Answered(await AAtB.GetTransferStatusAsync(Question(transferId, receiver), CancellationToken.None));

    /// <summary>Waits until every delivery at gateway A is in a state.</summary>
    public Task<TransferStatusResult> UntilAtAAsync(string transferId, DeliveryState state) => Patience.UntilAsync(
        () => StatusAtAAsync(transferId),
        status => status.Deliveries.Count > 0 && status.Deliveries.All(delivery => delivery.State == state.ToString()));

    /// <summary>Waits until gateway A has come to know of a transfer and holds the first of it.</summary>
    public Task UntilHeldAtAAsync(string transferId) => Patience.UntilAsync(
        () => OriginAtA.GetTransferStatusAsync(Question(transferId, null), CancellationToken.None).AsTask(),
        answer => answer.Answered && answer.Value.Held.Count > 0);

    /// <summary>
    /// Waits until the inbox at gateway A shows the file, which then waits for no clock, or the file is with its receiver.
    /// </summary>
    public Task<TransferStatusResult> UntilOfferedAtAAsync(string transferId) => Patience.UntilAsync(
        () => StatusAtAAsync(transferId),
        status => status.Deliveries.Count > 0 && status.Deliveries.All(
            delivery => delivery is { State: nameof(DeliveryState.Waiting), NextAttemptAt: null }
                or { State: nameof(DeliveryState.Delivered) or nameof(DeliveryState.Applied) }));

    /// <summary>The receipts of a transfer that gateway A holds, oldest first.</summary>
    public async Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(string transferId)
    {
        var request = new GetReceiptsRequest { Transfer = new TransferReference { TransferId = transferId } };
        return Answered(await OriginAtA.GetReceiptsAsync(request, CancellationToken.None)).Receipts;
    }

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
        Temp.Dispose();
    }

    /// <summary>The result of a call that must have one.</summary>
    public static T Answered<T>(BatchAnswer<T> answer)
        where T : class
    {
        Assert.True(answer.Answered, answer.Reason);
        return answer.Value;
    }

    void Configure(Action<JsonNode>? changeA, Action<JsonNode>? changeB)
    {
        var (a, b) = (Configurations.OfA(A, B, Archive), Configurations.OfB(A, B, Landing));
        changeA?.Invoke(a);
        changeB?.Invoke(b);
        A.Configure(a);
        B.Configure(b);
    }

    static GetTransferStatusRequest Question(string transferId, string? receiver) => new()
    {
        Transfer = new TransferReference { Origin = Configurations.Origin, TransferId = transferId, Receiver = receiver },
    };
}
