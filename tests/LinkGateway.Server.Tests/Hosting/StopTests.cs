using LinkGateway.Client.Batch;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Hosting;

public sealed class StopTests
{
    const int Stopping = 101;
    const int CutOff = 103;

    [Fact]
    public async Task An_upload_that_runs_is_finished_and_accepted_while_the_gateway_stops()
    {
        using var folder = new GatewayFolder();
        await using var gateway = await TestGateway.StartInAsync(folder, options => options with { StopTimeout = TimeSpan.FromMinutes(3) });
        var upload = new HalfUpload();
        var answer = upload.SendAsync(gateway.As("kaoku"));
        await RunsAsync(gateway);

        var stopping = gateway.Host.DisposeAsync();
        await gateway.Log.WaitForAsync(Stopping);
        upload.Continue();

        Assert.Equal("Accepted", (await answer).Value?.State);
        await stopping;
        Assert.Empty(gateway.Log.Texts(CutOff));
    }

    [Fact]
    public async Task An_upload_that_does_not_end_is_cut_off_after_the_time_for_stopping_and_nothing_is_accepted()
    {
        using var folder = new GatewayFolder();
        var upload = new HalfUpload();
        await using (var gateway = await TestGateway.StartInAsync(
            folder, options => options with { StopTimeout = TimeSpan.FromMilliseconds(200) }))
        {
            var answer = upload.SendAsync(gateway.As("kaoku"));
            await RunsAsync(gateway);

            await gateway.Host.DisposeAsync();
            upload.Continue();

            Assert.False((await answer).Answered);
            Assert.Single(gateway.Log.Texts(CutOff));
        }

        await using var again = await TestGateway.StartInAsync(folder);
        var status = await again.As("kaoku").GetTransferStatusAsync(Files.Status("t1"), CancellationToken.None);
        Assert.NotEqual("Accepted", status.Value?.State);
    }

    /// <summary>Waits until the gateway has begun to take the upload in: what was sent may still lie in the buffers of a socket.</summary>
    static async Task RunsAsync(TestGateway gateway)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var client = gateway.As("kaoku");
        while ((await client.GetTransferStatusAsync(Files.Status("t1"), patience.Token)).Value?.State != "Open")
            await Task.Delay(20, patience.Token);
    }

    /// <summary>An upload that stops in the middle until it is told to go on.</summary>
    sealed class HalfUpload
    {
        readonly byte[] _content = new byte[2_000_000];
        readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Continue() => _goOn.TrySetResult();

        public Task<BatchAnswer<Contract.Messages.AcceptResult>> SendAsync(BatchClient client) => client.SubmitFileAsync(
            Files.Request(_content, "t1"), new UploadContent(_content.Length, ReadAsync), CancellationToken.None).AsTask();

        async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            var half = _content.Length / 2;
            if (position >= half)
                await _goOn.Task;
            var end = position < half ? half : _content.Length;
            var length = (int)Math.Min(buffer.Length, end - position);
            _content.AsMemory((int)position, length).CopyTo(buffer);
            return length;
        }
    }
}
