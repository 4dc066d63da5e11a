using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Tests.Transfers;

public class ChunkSizingTests
{
    const long KiB = 1L << 10;
    const long MiB = 1L << 20;
    const long GiB = 1L << 30;

    static readonly LimitSettings Limits = new();

    [Theory]
    [InlineData(null, null, 128 * MiB)]
    [InlineData(null, 1L, 16 * MiB)]
    [InlineData(null, 128 * GiB, 16 * MiB)]
    [InlineData(null, (128 * GiB) + 1, 32 * MiB)]
    [InlineData(null, 2048 * GiB, 256 * MiB)]
    [InlineData(1L, 1L, 64 * KiB)]
    [InlineData(64 * KiB, null, 64 * KiB)]
    [InlineData((64 * KiB) + 1, 1L, 128 * KiB)]
    [InlineData(3 * MiB, 1L, 4 * MiB)]
    [InlineData(long.MaxValue, 1L, 256 * MiB)]
    [InlineData(64 * KiB, 512 * MiB, 64 * KiB)]
    [InlineData(64 * KiB, (512 * MiB) + 1, 128 * KiB)]
    public void The_entry_gateway_decides(long? proposal, long? size, long expected) =>
        Assert.Equal(expected, ChunkSizing.Choose(proposal, size, Limits).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_proposal_is_positive(long proposal) => Assert.Equal("LG-1003", ChunkSizing.Choose(proposal, 1, Limits).Refusal?.Code);

    [Theory]
    [InlineData((2048 * GiB) + 1)]
    [InlineData(long.MaxValue)]
    public void A_file_beyond_the_largest_chunks_is_refused_with_the_limit_that_it_breaks(long size)
    {
        var refusal = ChunkSizing.Choose(null, size, Limits).Refusal;

        Assert.Equal("LG-4001", refusal?.Code);
        Assert.Contains("limits.maxChunks", refusal!.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_choice_is_a_power_of_two_within_bounds_that_needs_few_enough_chunks() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 41), Gen.Choose(0, int.MaxValue)).ToArbitrary(), pair =>
        {
            var size = (1L << pair.Item1) + pair.Item2;
            var proposal = pair.Item2 % 3 == 0 ? (long?)null : 1 + ((long)pair.Item2 << (pair.Item1 / 4));
            var outcome = ChunkSizing.Choose(proposal, size, Limits);
            if (!outcome.Succeeded) return size > 2048 * GiB;
            return BitOperations.IsPow2(outcome.Value)
                && outcome.Value >= Limits.ChunkSizeMin && outcome.Value <= Limits.ChunkSizeMax
                && (size + outcome.Value - 1) / outcome.Value <= Limits.MaxChunks;
        }));

    [Theory]
    [InlineData(64 * KiB, true)]
    [InlineData(256 * MiB, true)]
    [InlineData(32 * KiB, false)]
    [InlineData(512 * MiB, false)]
    [InlineData(96 * KiB, false)]
    [InlineData(0L, false)]
    [InlineData(-65536L, false)]
    [InlineData(null, false)]
    public void A_forward_keeps_the_chunk_size_or_is_refused(long? chunkSize, bool kept)
    {
        var outcome = ChunkSizing.Keep(chunkSize, Limits);

        if (kept) Assert.Equal(chunkSize, outcome.Value);
        else Assert.Equal(("LG-1003", "chunkSize"), (outcome.Refusal?.Code, outcome.Refusal!.Arguments[0]));
    }
}
