using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Recovery;

/// <summary>Once the gateway has answered with a receipt, the file is safe.</summary>
public sealed class AcceptedTests
{
    // Below and above limits.inlinePayloadBytes: in the journal's commit, and in a spool file.
    [Theory]
    [InlineData(100_000)]
    [InlineData(8 << 20)]
    public async Task A_gateway_killed_right_after_its_receipt_still_has_the_file_and_delivers_it(int size)
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", size);
        await gateways.B.KillAsync();
        var content = await File.ReadAllBytesAsync(file);
        var accepted = TwoGateways.Answered(
            await gateways.OriginAtA.SubmitFileAsync(Request(content), UploadContent.From(content), CancellationToken.None));

        await gateways.A.KillAsync();
        await gateways.A.StartAsync();
        Assert.Equal("Accepted", (await gateways.StatusAtAAsync("t1")).State);
        Assert.Equal(accepted.Receipt!.ReceiptDocument, Assert.Single(await gateways.ReceiptsAsync("t1")).ReceiptDocument);
        await gateways.B.StartAsync();

        await gateways.UntilAtAAsync("t1", DeliveryState.Delivered);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    static SubmitFileRequest Request(byte[] content) => new()
    {
        Transfer = new TransferReference { TransferId = "t1" },
        Manifest = Manifests.Of("t1", "kaoku.csv") with { Size = content.Length, Sha256 = Sha256Digest.Of(content) },
        File = "",
    };
}
