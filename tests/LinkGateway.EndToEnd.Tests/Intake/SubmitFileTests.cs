using LinkGateway.Client.Sending;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Intake;

/// <summary>SubmitFile as raw HTTPS: what a script or an old toolkit sends, and what it reads.</summary>
public sealed class SubmitFileTests(SharedGateways shared) : IClassFixture<SharedGateways>
{
    const int Large = 32 << 20;

    static readonly string Credentials = $"{Configurations.Origin}:{Passwords.Environment[Passwords.OfOrigin]}";

    readonly TwoGateways _gateways = shared.Both;

    [Theory]
    [InlineData(1000, false, false)]
    [InlineData(1000, true, false)]
    [InlineData(Large, false, false)]
    [InlineData(Large, true, false)]
    [InlineData(1000, false, true)]
    [InlineData(3_000_001, true, true)]
    public async Task A_file_in_one_message_is_answered_with_a_receipt_and_delivered(int size, bool chunked, bool base64)
    {
        var transferId = $"submit-{size}-{chunked}-{base64}";
        var content = TempFolder.Bytes(size);

        var answer = await SubmitAsync(SubmitMessage.For(transferId, content, base64: base64), chunked);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Accepted", answer.Text("state"));
        await _gateways.UntilAtAAsync(transferId, DeliveryState.Delivered);
        Assert.Equal(content, await File.ReadAllBytesAsync(Landed(transferId)));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public async Task The_same_file_sent_twice_brings_the_same_receipt_byte_for_byte(int size)
    {
        var message = SubmitMessage.For($"twice-{size}", TempFolder.Bytes(size));

        var first = await SubmitAsync(message);
        var second = await SubmitAsync(message);

        Assert.Equal("Accepted", first.Text("state"));
        Assert.Equal(first.Text("receiptDocument"), second.Text("receiptDocument"));
        Assert.Single((await _gateways.StatusAtAAsync($"twice-{size}")).Deliveries);
    }

    [Fact]
    public async Task Other_bytes_under_an_accepted_id_are_refused_by_a_fault_that_names_the_field()
    {
        await SubmitAsync(SubmitMessage.For("taken", TempFolder.Bytes(1000)));

        var answer = await SubmitAsync(SubmitMessage.For("taken", TempFolder.Bytes(1000, seed: 2)));

        Assert.Equal((500, "LG-2002"), (answer.Status, answer.Text("code")));
        Assert.Contains("sha256", answer.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData($"{Configurations.Origin}:wrong")]
    public async Task Missing_or_wrong_credentials_are_answered_401_with_a_challenge_and_a_fault(string? credentials)
    {
        var message = SubmitMessage.For("nobody", TempFolder.Bytes(1000));

        var answer = await SubmitAsync(message, credentials: credentials);

        Assert.Equal((401, "LG-3005"), (answer.Status, answer.Text("code")));
        Assert.Contains("WWW-Authenticate: Basic", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_route_names_is_refused_by_a_fault_that_can_be_read_while_the_body_is_still_being_sent(bool chunked)
    {
        var message = SubmitMessage.For("no-route", TempFolder.Bytes(Large), receiver: Configurations.Stranger);
        await using var request = await PostAsync(Credentials, chunked ? null : message.Length);
        await request.SendAsync(message.Before);
        await request.SendAsync(message.Attachment.AsMemory(0, Large / 4));

        var answer = await request.AnswerAsync();
        await request.SendAsync(message.Attachment.AsMemory(Large / 4));
        await request.SendAsync(message.After);
        await request.EndAsync();

        Assert.Equal((500, "LG-3002"), (answer.Status, answer.Text("code")));
        Assert.Contains("Connection: close", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    [InlineData(2_000_000, false)]
    [InlineData(2_000_000, true)]
    public async Task Without_the_closing_boundary_nothing_is_accepted_and_nothing_lands(int size, bool chunked)
    {
        var transferId = $"cut-{size}-{chunked}";
        var message = SubmitMessage.For(transferId, TempFolder.Bytes(size));
        await using var request = await PostAsync(Credentials, chunked ? null : message.Before.Length + message.Attachment.Length);
        await request.SendAsync(message.Before);
        await request.SendAsync(message.Attachment);
        await request.EndAsync();

        var answer = await request.AnswerAsync();

        Assert.Equal((500, "LG-1007"), (answer.Status, answer.Text("code")));
        Assert.False(File.Exists(Landed(transferId)));

        // The id is free again, for the whole file.
        Assert.Equal("Accepted", (await SubmitAsync(message, chunked)).Text("state"));
        await _gateways.UntilAtAAsync(transferId, DeliveryState.Delivered);
        Assert.Equal(message.Attachment, await File.ReadAllBytesAsync(Landed(transferId)));
    }

    [Fact]
    public async Task A_message_that_broke_off_is_continued_in_chunks_and_only_the_rest_is_sent()
    {
        const int ChunkSize = 1 << 20;
        var file = _gateways.Temp.File("broken.csv", 8 * ChunkSize);
        var message = SubmitMessage.For("broken", await File.ReadAllBytesAsync(file), chunkSize: ChunkSize);
        await using (var request = await PostAsync(Credentials, message.Length))
        {
            await request.SendAsync(message.Before);
            await request.SendAsync(message.Attachment.AsMemory(0, (5 * ChunkSize) + 1000));
            await Patience.UntilAsync(() => HeldAsync("broken"), held => held == 5 * ChunkSize);
        }

        var sent = await new FileSender(_gateways.OriginAtA, new FileSenderOptions { DeliveryTimeout = Patience.Long }).SendAsync(
            new SendOrder
            {
                FilePath = file,
                WaitFor = WaitFor.Delivered,
                Manifest = Manifests.Of("broken", "broken.csv") with { Receivers = [Configurations.Archive] },
            },
            null, CancellationToken.None);

        Assert.True(sent.End == SendEnd.Delivered, sent.Reason);
        Assert.Equal((5 * ChunkSize, 3 * ChunkSize), (sent.BytesHeld, sent.BytesSent));
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Landed("broken")));
    }

    async Task<long> HeldAsync(string transferId) => (await _gateways.OriginAtA.GetTransferStatusAsync(
        new GetTransferStatusRequest { Transfer = new TransferReference { TransferId = transferId } }, CancellationToken.None))
        .Value?.Held.Sum(range => range.Length) ?? 0;

    string Landed(string transferId) => Path.Combine(_gateways.Archive, transferId + ".csv");

    Task<RawRequest> PostAsync(string? credentials, long? length) =>
        RawRequest.PostAsync(_gateways.A, credentials, SubmitMessage.ContentType, length);

    Task<RawAnswer> SubmitAsync(SubmitMessage message, bool chunked = false) => SubmitAsync(message, Credentials, chunked);

    async Task<RawAnswer> SubmitAsync(SubmitMessage message, string? credentials, bool chunked = false)
    {
        await using var request = await PostAsync(credentials, chunked ? null : message.Length);
        await request.SendAsync(message.Before);
        for (var done = 0; done < message.Attachment.Length;)
        {
            var piece = message.Attachment.AsMemory(done, Math.Min(100_000, message.Attachment.Length - done));
            await request.SendAsync(piece);
            done += piece.Length;
        }
        await request.SendAsync(message.After);
        await request.EndAsync();
        return await request.AnswerAsync();
    }
}
