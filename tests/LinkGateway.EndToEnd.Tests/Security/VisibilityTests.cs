using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Security;

/// <summary>A participant sees only what is its own.</summary>
public sealed class VisibilityTests(SharedGateways shared) : IClassFixture<SharedGateways>
{
    const int Refused = 3;

    readonly TwoGateways _gateways = shared.Both;

    [Fact]
    public async Task Another_participants_transfer_is_as_unknown_as_one_that_is_not_there()
    {
        var file = _gateways.Temp.File("own.csv", 100_000);
        (await _gateways.RunAsync(_gateways.Send(file, "--to", Configurations.Archive, "--id", "own"))).Ended(0);
        var stranger = _gateways.A.As(Configurations.Stranger, Passwords.Environment[Passwords.OfStranger]);

        foreach (var origin in new[] { null, Configurations.Origin })
        {
            var transfer = new TransferReference { Origin = origin, TransferId = "own" };
            var status = await stranger.GetTransferStatusAsync(new() { Transfer = transfer }, CancellationToken.None);
            var receipts = await stranger.GetReceiptsAsync(new() { Transfer = transfer }, CancellationToken.None);
            Assert.Equal(("LG-2001", "LG-2001"), (status.Refusal?.Code, receipts.Refusal?.Code));
        }
        var all = await stranger.GetReceiptsSinceAsync(new GetReceiptsSinceRequest(), CancellationToken.None);
        Assert.Empty(TwoGateways.Answered(all).Receipts);

        using var linkgw = Linkgw.Start(_gateways.Temp.Root, Passwords.Environment[Passwords.OfStranger],
            ["status", "own", .. _gateways.ToA(Configurations.Stranger), "--origin", Configurations.Origin]);
        Assert.Contains("LG-2001", (await linkgw.ResultAsync()).Ended(Refused).Errors, StringComparison.Ordinal);
    }
}
