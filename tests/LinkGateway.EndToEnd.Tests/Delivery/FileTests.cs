using LinkGateway.Client.Batch;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>Files of all sizes and names over two hops.</summary>
public sealed class FileTests(SharedGateways shared) : IClassFixture<SharedGateways>
{
    const int ChunkSize = 64 << 10;

    readonly TwoGateways _gateways = shared.Both;

    // Around the chunk size, and around limits.inlinePayloadBytes.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkSize - 1)]
    [InlineData(ChunkSize)]
    [InlineData(ChunkSize + 1)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    public async Task A_file_of_any_size_arrives_in_chunks_and_in_one_message(int size)
    {
        var inChunks = _gateways.Temp.File($"chunks-{size}.csv", size);
        var inOne = _gateways.Temp.File($"one-{size}.csv", size, seed: 2);

        var sent = await SendAsync(inChunks);
        var content = await File.ReadAllBytesAsync(inOne);
        var manifest = Manifests.Of(Name(inOne), Name(inOne));
        var request = new SubmitFileRequest { Transfer = new TransferReference(), Manifest = manifest, File = "" };
        TwoGateways.Answered(await _gateways.OriginAtA.SubmitFileAsync(request, UploadContent.From(content), CancellationToken.None));
        await _gateways.UntilAtAAsync(Name(inOne), DeliveryState.Delivered);

        Assert.True(sent.End == SendEnd.Delivered, sent.Reason);
        Assert.Equal(TempFolder.Sha256(inChunks), TempFolder.Sha256(Landed(inChunks)));
        Assert.Equal(TempFolder.Sha256(inOne), TempFolder.Sha256(Landed(inOne)));
    }

    [Theory]
    [InlineData("家屋データ_髙﨑①.csv")]
    [InlineData("name with spaces & ümläuts (1).csv")]
    public async Task A_file_keeps_its_name(string name)
    {
        var file = _gateways.Temp.File(name, 100_000);

        (await _gateways.RunAsync(_gateways.Send(file, "--wait", "delivered"))).Ended(0);

        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Landed(file)));
        Assert.Contains(name, await File.ReadAllTextAsync(Landed(file) + ".ctl.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_files_at_once_all_arrive()
    {
        var files = Enumerable.Range(0, 24)
            .Select(number => _gateways.Temp.File($"many-{number:D2}.csv", 1_000_000, seed: number)).ToList();

        var outcomes = await Task.WhenAll(files.Select(SendAsync));

        Assert.All(outcomes, outcome => Assert.True(outcome.End == SendEnd.Delivered, outcome.Reason));
        Assert.All(files, file => Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Landed(file))));
    }

    static string Name(string path) => Path.GetFileName(path);

    string Landed(string sent) => Path.Combine(_gateways.Landing, Name(sent));

    async Task<SendOutcome> SendAsync(string path)
    {
        var order = new SendOrder
        {
            FilePath = path,
            ChunkSize = ChunkSize,
            WaitFor = WaitFor.Delivered,
            Manifest = Manifests.Of(Name(path), Name(path)),
        };
        var sender = new FileSender(_gateways.OriginAtA, new FileSenderOptions { DeliveryTimeout = Patience.Long });
        return await sender.SendAsync(order, null, CancellationToken.None);
    }
}
