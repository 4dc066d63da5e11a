using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Reads a message from a source; an appetite tells how bodies are consumed.</summary>
delegate Reading ReadMessage(WatchedSource source, Appetite appetite);

/// <summary>
/// The same bytes give the same result however they are cut into reads and consumed, in a bounded number of reads and bytes of memory.
/// </summary>
static class CutOracle
{
    // Within a line every piece costs a search of the whole line.
    const int Pieces = 700;

    // What a reading may allocate: readers, pipes and buffers; then for each byte what an envelope of header blocks of one letter
    // costs as objects. Far above what is ever used, far below what a message that makes a reader run away would use.
    const long Constant = 4 * 1024 * 1024;
    const long PerByte = 400;

    /// <summary>Reads the message in several ways.</summary>
    /// <returns>What the reading came to.</returns>
    public static Reading Check(string what, byte[] message, Chance chance, Tally tally, ReadMessage read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var whole = read(new WatchedSource(message, Cuts.Whole, true), Appetite.All);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        tally.Allocated(allocated, message.Length);
        Require.That(allocated <= Constant + PerByte * message.Length, $"{what}: {allocated} bytes were allocated for {message.Length}.");

        if (chance.OneIn(4))
            whole.RequireSame(Cut(Cuts.Of(1 + message.Length / Pieces)), $"{what}, cut alike");
        else
            whole.RequireSame(Cut(Cuts.Random((int)(chance.Next() >> 33), Math.Max(chance.Of(5, 97, 2000), 2 * message.Length / Pieces))), $"{what}, cut at random");
        return whole;

        Reading Cut(IEnumerable<int> cuts) =>
            read(new WatchedSource(message, cuts, chance.OneIn(2)), chance.Of(Appetite.All, Appetite.Half, Appetite.Few));
    }
}
