using System.Net;
using LinkGateway.Soap.AspNetCore.Hosting;

namespace LinkGateway.Soap.AspNetCore.Buffers;

public class LargeBlocksTests
{
    const int KestrelBlock = 4096;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Segments_of_a_body_are_larger_than_Kestrels_own_only_with_large_blocks(bool largeBlocks)
    {
        var largest = 0;
        await using var server = await SoapServer.StartAsync(largeBlocks: largeBlocks, other: async http =>
        {
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync();
                foreach (var segment in read.Buffer)
                    largest = Math.Max(largest, segment.Length);
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
        });
        using var content = new ByteArrayContent(AttachmentTests.RandomBytes(16 * 1024 * 1024));
        using var answer = await server.Http.PostAsync(new Uri(server.Address, "/other"), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (largeBlocks)
            Assert.InRange(largest, KestrelBlock + 1, LargeBlockMemoryPool.BlockBytes);
        else
            Assert.InRange(largest, 1, KestrelBlock);
    }

    [Fact]
    public void A_block_given_back_is_used_again_by_any_pool_of_the_factory()
    {
        var factory = new LargeBlockMemoryPoolFactory();
        using var one = factory.Create();
        using var other = factory.Create();
        var first = one.Rent();
        first.Memory.Span[0] = 42;
        first.Dispose();
        using var second = other.Rent(LargeBlockMemoryPool.BlockBytes);
        Assert.Equal(42, second.Memory.Span[0]);
        Assert.Equal(LargeBlockMemoryPool.BlockBytes, second.Memory.Length);
    }

    [Fact]
    public void A_block_given_back_twice_serves_one_renter()
    {
        using var pool = new LargeBlockMemoryPoolFactory().Create();
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();
        using var one = pool.Rent();
        using var other = pool.Rent();
        one.Memory.Span[0] = 1;
        other.Memory.Span[0] = 2;
        Assert.Equal(1, one.Memory.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => block.Memory);
    }

    [Fact]
    public void No_more_than_the_bound_is_retained()
    {
        var store = new LargeBlockStore(retainedBlocks: 2);
        byte[][] blocks = [store.Take(), store.Take(), store.Take()];
        foreach (var block in blocks)
            store.Give(block);
        byte[][] again = [store.Take(), store.Take(), store.Take()];
        Assert.Equal(2, again.Count(block => blocks.Contains(block)));
    }

    [Fact]
    public void A_disposed_pool_rents_nothing_and_still_takes_blocks_back()
    {
        var pool = new LargeBlockMemoryPoolFactory().Create();
        var block = pool.Rent();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Rent());
        block.Dispose();
    }

    [Fact]
    public void More_than_a_block_is_refused()
    {
        using var pool = new LargeBlockMemoryPoolFactory().Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(LargeBlockMemoryPool.BlockBytes + 1));
    }
}
