using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>The map against a plain set of chunks, for any file, any chunks of it in any order, and any question.</summary>
public class ChunkMapTests
{
    const long ChunkSize = 10;

    static readonly Gen<Case> Cases =
        from size in Gen.Choose(0, 400)
        from indexes in Gen.Choose(0, Math.Max(0, (int)((size - 1) / ChunkSize))).ListOf()
        from limit in Gen.Choose(1, 5)
        from start in Gen.Choose(0, 450)
        from asked in Gen.OneOf(Gen.Constant(size), Gen.Choose(0, 420))
        select new Case(size, size == 0 ? [] : [.. indexes], limit, start, asked);

    [Fact]
    public void What_is_held_is_what_was_added() => Holds((map, c) =>
        Covered(Everything(map, c)) is var covered
        && covered.SetEquals(c.Distinct.SelectMany(index => Enumerable.Range((int)(index * ChunkSize), (int)c.LengthOf(index))))
        && map.Bytes == covered.Count);

    [Fact]
    public void What_is_missing_is_the_rest() => Holds((map, c) =>
        Covered(map.Missing(c.Size, int.MaxValue, out var next)) is var missing
        && next is null
        && missing.SetEquals(Enumerable.Range(0, (int)c.Size).Except(Covered(Everything(map, c)))));

    [Fact]
    public void Ranges_are_joined_and_in_order() => Holds((map, c) =>
    {
        var held = Everything(map, c);
        var missing = map.Missing(c.Size, int.MaxValue, out _);
        return Joined(held) && Joined(missing);
    });

    [Fact]
    public void A_list_that_breaks_off_says_where_it_goes_on() => Holds((map, c) =>
    {
        List<ByteRange> all = [];
        for (long? from = 0; from is not null;)
        {
            var some = map.Held(from.Value, c.Limit, out from);
            if (some.Count > c.Limit || (from is not null && some.Count < c.Limit)) return false;
            all.AddRange(some);
        }

        return all.SequenceEqual(Everything(map, c));
    });

    [Fact]
    public void Missing_ranges_break_off_at_the_limit() => Holds((map, c) =>
    {
        var all = map.Missing(c.Size, int.MaxValue, out _);
        var some = map.Missing(c.Size, c.Limit, out var next);
        return some.SequenceEqual(all.Take(c.Limit)) && next == (all.Count > c.Limit ? all[c.Limit].Offset : null);
    });

    [Fact]
    public void A_list_may_begin_anywhere() => Holds((map, c) =>
        Covered(map.Held(c.Start, int.MaxValue, out _)).SetEquals(
            Covered(Everything(map, c)).Where(offset => offset / ChunkSize >= c.Start / ChunkSize)));

    [Fact]
    public void It_fits_a_size_when_every_chunk_has_the_length_that_it_has_there() => Holds((map, c) =>
        map.Fits(c.Asked) == c.Distinct.All(index => c.LengthOf(index) == Math.Min(ChunkSize, c.Asked - (index * ChunkSize))));

    [Fact]
    public void It_is_whole_when_it_fits_and_nothing_is_missing() => Holds((map, c) =>
        map.IsWhole(c.Asked) == (map.Fits(c.Asked) && map.Missing(c.Asked, 1, out _).Count == 0));

    [Fact]
    public void The_prefix_ends_at_the_first_gap() => Holds((map, c) =>
        map.Prefix == Enumerable.Range(0, 1000).First(index => !c.Distinct.Contains(index))
        && map.End == (c.Distinct.Count == 0 ? 0 : c.Distinct.Max() + 1));

    [Fact]
    public void The_root_is_the_digest_of_the_digests()
    {
        var map = new ChunkMap(ChunkSize, Enumerable.Range(0, 20).Reverse().Select(index => Chunk(index, ChunkSize)));

        var digests = Enumerable.Range(0, 20).SelectMany(index => Chunk(index, ChunkSize).Sha256.ToArray()).ToArray();
        Assert.Equal(Sha256Digest.Of(digests), map.Root());
        Assert.Equal(Sha256Digest.Of([]), new ChunkMap(ChunkSize, []).Root());
    }

    [Fact]
    public void A_chunk_is_found_by_its_index()
    {
        var map = new ChunkMap(ChunkSize, [Chunk(3, 4)]);

        Assert.True(map.TryGet(3, out var chunk));
        Assert.Equal(Chunk(3, 4), chunk);
        Assert.False(map.TryGet(2, out _));
        Assert.False(map.TryGet(-1, out _));
        Assert.False(map.TryGet(int.MaxValue, out _));
    }

    static void Holds(Func<ChunkMap, Case, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Cases.ToArbitrary(), c => property(MapOf(c), c)));

    static ChunkMap MapOf(Case c) => new(ChunkSize, c.Indexes.Select(index => Chunk(index, c.LengthOf(index))));

    static IReadOnlyList<ByteRange> Everything(ChunkMap map, Case c) => map.Held(0, int.MaxValue, out _);

    static HashSet<int> Covered(IEnumerable<ByteRange> ranges) =>
        [.. ranges.SelectMany(range => Enumerable.Range((int)range.Offset, (int)range.Length))];

    static bool Joined(IReadOnlyList<ByteRange> ranges) =>
        ranges.All(range => range.Length > 0) && ranges.Zip(ranges.Skip(1)).All(pair => pair.First.End < pair.Second.Offset);

    static ChunkRecord Chunk(int index, long length) => new(index, length, Sha256Digest.Of(BitConverter.GetBytes(index)));

    sealed record Case(long Size, IReadOnlyList<int> Indexes, int Limit, long Start, long Asked)
    {
        public HashSet<int> Distinct { get; } = Indexes.ToHashSet();

        public long LengthOf(int index) => Math.Min(ChunkSize, Size - (index * ChunkSize));
    }
}
