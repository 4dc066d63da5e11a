using System.Buffers;
using System.IO.Pipelines;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>How a consumer takes what a part's body offers; it must get the same bytes each way.</summary>
enum Appetite
{
    /// <summary>All that is offered.</summary>
    All,

    /// <summary>Half of it, having looked at all: waits for more.</summary>
    Half,

    /// <summary>A few bytes, having looked at no more.</summary>
    Few,
}

static class AppetiteExtensions
{
    /// <summary>Reads a body to its end.</summary>
    /// <param name="appetite">How.</param>
    /// <param name="body">The body.</param>
    /// <param name="content">Receives the bytes, up to where reading throws.</param>
    /// <param name="limit">The most bytes there can be.</param>
    public static void Consume(this Appetite appetite, PipeReader body, ArrayBufferWriter<byte> content, int limit)
    {
        for (var turns = 0; ; turns++)
        {
            Require.That(turns <= 64 + 2 * limit, "The body offers nothing new, again and again.");
            if (!(appetite == Appetite.Few && body.TryRead(out var read)))
                read = Require.Finished(body.ReadAsync());
            var taken = appetite switch
            {
                Appetite.Half => read.Buffer.Length - read.Buffer.Length / 2,
                Appetite.Few => Math.Min(read.Buffer.Length, 7),
                _ => read.Buffer.Length,
            };
            foreach (var run in read.Buffer.Slice(0, taken))
                content.Write(run.Span);
            Require.That(content.WrittenCount <= limit, "The body has more bytes than the message.");
            var ended = read.IsCompleted && taken == read.Buffer.Length;
            var consumed = read.Buffer.GetPosition(taken);
            body.AdvanceTo(consumed, appetite == Appetite.Few ? consumed : read.Buffer.End);
            if (ended)
                return;
        }
    }
}
