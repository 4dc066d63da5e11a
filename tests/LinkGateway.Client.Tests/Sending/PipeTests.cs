using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Client.Sending;

public sealed class PipeTests
{
    const int Chunk = SenderBench.Chunk;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk)]
    [InlineData((3 * Chunk) + 1)]
    public async Task A_pipe_of_any_length_arrives_unchanged(int size)
    {
        await using var bench = await SenderBench.StartAsync();
        var content = TempFolder.Bytes(size);

        var outcome = await bench.SendAsync(Order(new DribblingStream(content)));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.Null(bench.Service.Only.Manifest.Size);
        Assert.Equal((size, Sha256Digest.Of(content)), (outcome.Size, outcome.Accepted!.Sha256));
    }

    [Fact]
    public async Task A_broken_connection_costs_a_pipe_nothing()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) => (operation, before) switch
        {
            ("PutChunk", 1) => new Trick.BreakInContent(),
            ("PutChunk", 3) => new Trick.LoseAnswer(),
            _ => null,
        };
        var content = TempFolder.Bytes((4 * Chunk) + 9);

        var outcome = await bench.SendAsync(Order(new DribblingStream(content)));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
    }

    [Fact]
    public async Task A_gateway_that_wants_larger_chunks_than_fit_into_memory_is_told_so()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.ChunkSize = 256 * 1024 * 1024;

        var outcome = await bench.SendAsync(Order(new DribblingStream([1])));

        Assert.Equal(SendEnd.Refused, outcome.End);
        Assert.Contains(nameof(FileSenderOptions.PipeBufferLimit), outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_breaks_is_not_committed()
    {
        await using var bench = await SenderBench.StartAsync();
        var pipe = new DribblingStream(TempFolder.Bytes(2 * Chunk), breaks: true);

        await Assert.ThrowsAsync<IOException>(() => bench.SendAsync(Order(pipe)).AsTask());

        Assert.Equal(0, bench.Service.CountOf("CommitTransfer"));
    }

    static SendOrder Order(Stream pipe) => new() { Pipe = pipe, Manifest = SenderBench.Manifest, ChunkSize = Chunk };

    /// <summary>Gives out its bytes in pieces that fit nothing, and at the end either ends or breaks.</summary>
    sealed class DribblingStream(byte[] content, bool breaks = false) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (breaks && Position == Length) throw new IOException("The writer of the pipe failed.");
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 7_001)], cancellationToken);
        }
    }
}
