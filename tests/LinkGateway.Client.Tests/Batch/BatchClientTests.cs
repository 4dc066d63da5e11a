using LinkGateway.Client.Connections;
using LinkGateway.Client.Gateway;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Testing.Http;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Client.Batch;

public sealed class BatchClientTests
{
    static readonly TransferReference Reference = new() { Origin = "juki", TransferId = "t-1" };

    [Fact]
    public async Task Every_operation_is_answered()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var client = gateway.Client;
        var content = TempFolder.Bytes(3_000_000);

        var submitted = await client.SubmitFileAsync(Submit("t-1"), UploadContent.From(content), default);
        var status = await client.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = Reference }, default);
        var receipts = await client.GetReceiptsAsync(new GetReceiptsRequest { Transfer = Reference }, default);
        var since = await client.GetReceiptsSinceAsync(new GetReceiptsSinceRequest { Max = 10, WaitSeconds = 1 }, default);
        var cancelled = await client.CancelTransferAsync(new CancelTransferRequest { Transfer = Reference, Reason = "test" }, default);

        Assert.Equal("Accepted", submitted.Value!.State);
        Assert.Equal(content, gateway.Service.Only.Bytes);
        Assert.Equal("Accepted", status.Value!.State);
        Assert.Equal(2, receipts.Value!.Receipts.Count);
        Assert.Equal("cursor-1", since.Value!.Cursor);
        Assert.Equal("cancelled", cancelled.Value!.Deliveries.Single().Outcome);
        Assert.True(ReceiptVerifier.Verify(receipts.Value.Receipts[0].ReceiptDocument, [gateway.Service.Certificate]).IsValid);
    }

    [Theory]
    [InlineData("LG-3002", FaultSide.Sender, false)]
    [InlineData("LG-5001", FaultSide.Gateway, true)]
    [InlineData("LG-6001", FaultSide.Receiver, true)]
    public async Task A_fault_tells_code_text_side_and_time(string code, FaultSide side, bool temporary)
    {
        await using var gateway = await FakeGateway.StartAsync();
        var entry = new ErrorEntry(code, side, "It is so.", "そうです。");
        gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(entry) { RetryAfter = temporary ? TimeSpan.FromSeconds(7) : null });

        var answer = await gateway.Client.GetReceiptsAsync(new GetReceiptsRequest { Transfer = Reference }, default);

        Assert.Equal(BatchOutcome.Refused, answer.Outcome);
        Assert.Equal(new BatchRefusal(code, "It is so.", side, temporary ? TimeSpan.FromSeconds(7) : null), answer.Refusal);
        Assert.Equal(temporary, answer.Temporary);
    }

    [Fact]
    public async Task A_message_that_broke_off_on_the_way_may_be_sent_again()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.MessageBrokeOff, "No byte arrived for 60 s"));

        var answer = await gateway.Client.GetReceiptsAsync(new GetReceiptsRequest { Transfer = Reference }, default);

        Assert.Equal(FaultSide.Sender, answer.Refusal!.Side);
        Assert.True(answer.Temporary);
    }

    [Fact]
    public async Task A_closed_port_means_not_sent()
    {
        using var http = new HttpClient();
        var client = new BatchClient(http, new Uri($"http://127.0.0.1:{ClosedPort.Number}/batch"));

        var answer = await client.GetReceiptsAsync(new GetReceiptsRequest { Transfer = Reference }, default);

        Assert.Equal(BatchOutcome.NotSent, answer.Outcome);
    }

    [Fact]
    public async Task A_lost_answer_means_in_doubt()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Service.Tricks = (_, _) => new Trick.LoseAnswer();

        var answer = await gateway.Client.OpenTransferAsync(Open("t-1"), default);

        Assert.Equal(BatchOutcome.InDoubt, answer.Outcome);
        Assert.Single(gateway.Service.Transfers);
    }

    [Fact]
    public async Task Silence_after_the_last_byte_means_in_doubt()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Service.Tricks = (_, _) =>
        {
            asked.TrySetResult();
            return new Trick.NeverAnswer();
        };
        using var http = GatewayConnections.Create(gateway.Address, gateway.Connection);
        var time = new ManualTime();
        var limit = TimeSpan.FromSeconds(100);
        var client = new BatchClient(http, gateway.Address, new BatchClientOptions { SilenceTimeout = limit }, time);

        var call = client.OpenTransferAsync(Open("t-1"), default).AsTask();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        while (await Task.WhenAny(call, Task.Delay(1)) != call) time.Advance(limit);
        var answer = await call;

        Assert.Equal(BatchOutcome.InDoubt, answer.Outcome);
        Assert.Contains(nameof(BatchClientOptions.SilenceTimeout), answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_upload_is_not_silence_however_long_it_takes()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var http = GatewayConnections.Create(gateway.Address, gateway.Connection);
        var time = new ManualTime();
        var limit = TimeSpan.FromSeconds(100);
        var client = new BatchClient(http, gateway.Address, new BatchClientOptions { SilenceTimeout = limit }, time);
        var slow = new UploadContent(40, (_, buffer, _) =>
        {
            time.Advance(0.9 * limit);
            buffer.Span[0] = 1;
            return ValueTask.FromResult(1);
        });

        var answer = await client.SubmitFileAsync(Submit("t-1"), slow, default);

        Assert.True(answer.Answered, answer.Reason);
        Assert.Equal(40, gateway.Service.Only.Bytes.Length);
    }

    [Fact]
    public async Task A_stalled_upload_is_silence()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var http = GatewayConnections.Create(gateway.Address, gateway.Connection);
        var time = new ManualTime();
        var client = new BatchClient(http, gateway.Address, new BatchClientOptions { SilenceTimeout = TimeSpan.FromSeconds(100) }, time);
        var stalled = new UploadContent(40, (_, _, ct) =>
        {
            time.Advance(TimeSpan.FromSeconds(101));
            return ValueTask.FromCanceled<int>(ct);
        });

        var answer = await client.SubmitFileAsync(Submit("t-1"), stalled, default);

        Assert.Equal(BatchOutcome.InDoubt, answer.Outcome);
        Assert.Empty(gateway.Service.Transfers);
    }

    [Fact]
    public async Task Content_that_ends_too_early_is_not_sent_as_whole()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var content = new UploadContent(100, (position, buffer, _) => ValueTask.FromResult(position < 10 ? 10 : 0));

        var answer = await gateway.Client.SubmitFileAsync(Submit("t-1"), content, default);

        Assert.Equal(BatchOutcome.NotSent, answer.Outcome);
        Assert.Empty(gateway.Service.Transfers);
    }

    [Theory]
    [InlineData(401, BatchOutcome.Refused, false)]
    [InlineData(404, BatchOutcome.Refused, false)]
    [InlineData(429, BatchOutcome.InDoubt, true)]
    [InlineData(502, BatchOutcome.InDoubt, true)]
    public async Task An_answer_that_is_no_SOAP_is_judged_by_its_status(int status, BatchOutcome outcome, bool temporary)
    {
        await using var gateway = await FakeGateway.StartAsync(instead: context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("<html>proxy</html>");
        });

        var answer = await gateway.Client.OpenTransferAsync(Open("t-1"), default);

        Assert.Equal((outcome, temporary), (answer.Outcome, answer.Temporary));
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_an_exception()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var cancellation = new CancellationTokenSource();
        gateway.Service.Tricks = (_, _) => new Trick.Run(cancellation.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => gateway.Client.OpenTransferAsync(Open("t-1"), cancellation.Token).AsTask());
    }

    [Fact]
    public async Task Credentials_and_language_are_sent()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var http = GatewayConnections.Create(gateway.Address, new ConnectionOptions { User = "juki", Password = "pä:ss" });
        var client = new BatchClient(http, gateway.Address, new BatchClientOptions { Language = "ja" });

        await client.OpenTransferAsync(Open("t-1"), default);

        Assert.Equal("Basic anVraTpww6Q6c3M=", gateway.LastHeaders["Authorization"]);
        Assert.Equal("ja", gateway.LastHeaders["Accept-Language"]);
    }

    static OpenTransferRequest Open(string id) => new() { Transfer = Reference, Manifest = SenderBench.Manifest with { TransferId = id } };

    static SubmitFileRequest Submit(string id) =>
        new() { Transfer = Reference, Manifest = SenderBench.Manifest with { TransferId = id }, File = "" };
}
