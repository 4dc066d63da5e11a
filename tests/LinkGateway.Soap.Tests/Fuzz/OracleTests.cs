using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Fuzz.Oracles;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Tests.Fuzz;

/// <summary>The oracles of the fuzzer can fail: each is shown a reader that is broken in the way it is there for.</summary>
public sealed class OracleTests
{
    static readonly byte[] Message = new byte[500];

    [Fact]
    public void A_reader_that_reads_well_passes() => Check((source, appetite) =>
    {
        var content = new ArrayBufferWriter<byte>();
        appetite.Consume(source, content, Message.Length);
        return With(content.WrittenSpan.ToArray());
    });

    [Fact]
    public void A_reader_that_forgets_bytes_where_the_message_is_cut_is_caught() => AssertCaught("content of part 1 differs", (source, _) =>
    {
        var content = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = Require.Finished(source.ReadAsync());
            content.Write(read.Buffer.IsEmpty ? [] : read.Buffer.Slice(1).ToArray());
            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return With(content.WrittenSpan.ToArray());
        }
    });

    [Fact]
    public void A_reader_whose_refusal_depends_on_cuts_is_caught() => AssertCaught("refusal", (source, _) =>
    {
        var read = Require.Finished(source.ReadAsync());
        source.AdvanceTo(read.Buffer.Start);
        return new Reading { Refusal = new("Mime.BadBase64", 1, $"byte {read.Buffer.Length}") };
    });

    [Fact]
    public void A_reader_that_turns_in_a_circle_is_caught_by_its_reads() => AssertCaught("turns in a circle", (source, _) =>
    {
        while (true)
        {
            var read = Require.Finished(source.ReadAsync());
            source.AdvanceTo(read.Buffer.Start);
        }
    });

    [Fact]
    public void A_body_that_offers_nothing_new_is_caught() => AssertCaught("offers nothing new", (_, appetite) =>
    {
        appetite.Consume(new AlwaysEmpty(), new ArrayBufferWriter<byte>(), Message.Length);
        return new Reading();
    });

    [Fact]
    public void A_reader_that_takes_more_memory_than_the_message_is_worth_is_caught() => AssertCaught("bytes were allocated", (_, _) =>
    {
        GC.KeepAlive(new byte[16 * 1024 * 1024]);
        return new Reading();
    });

    [Fact]
    public void A_reader_that_completes_a_source_that_is_not_its_own_is_caught() => AssertCaught("completed a source", (source, _) =>
    {
        source.Complete();
        return new Reading();
    });

    [Theory]
    [InlineData("X", "a", "y")]
    [InlineData("x", "b", "y")]
    [InlineData("x", "a", "z")]
    public void Parts_that_differ_in_anything_are_told_apart(string name, string value, string content)
    {
        var one = new Reading();
        one.Parts.Add(new(new MimeHeaders { { "x", "a" } }, [(byte)'y']));
        var other = new Reading();
        other.Parts.Add(new(new MimeHeaders { { name, value } }, [(byte)content[0]]));
        one.RequireSame(one, "the same");
        Assert.Throws<OracleException>(() => one.RequireSame(other, "another"));
    }

    [Fact]
    public void A_strict_profile_that_is_not_strict_or_more_than_that_is_caught()
    {
        var clean = new Reading();
        var deviant = new Reading { Deviations = [new(Deviation.BareLineFeed, 1, 2)] };
        var refused = new Reading { Refusal = new(Refusal.Of(MimeError.Deviation), 1, "bareLineFeed") };
        StrictOracle.Check(clean, clean, new Tally());
        StrictOracle.Check(deviant, refused, new Tally());
        Assert.Throws<OracleException>(() => StrictOracle.Check(deviant, deviant, new Tally()));
        Assert.Throws<OracleException>(() => StrictOracle.Check(deviant, clean, new Tally()));
        Assert.Throws<OracleException>(() => StrictOracle.Check(clean, refused, new Tally()));
    }

    static Reading With(byte[] content)
    {
        var reading = new Reading();
        reading.Parts.Add(new([], content));
        return reading;
    }

    static void Check(ReadMessage read)
    {
        for (var execution = 0; execution < 20; execution++)
            CutOracle.Check("double", Message, new Chance(1, execution), new Tally(), read);
    }

    static void AssertCaught(string by, ReadMessage read) =>
        Assert.Contains(by, Assert.Throws<OracleException>(() => Check(read)).Message, StringComparison.Ordinal);

    sealed class AlwaysEmpty : PipeReader
    {
        public override bool TryRead(out ReadResult result)
        {
            result = new(ReadOnlySequence<byte>.Empty, false, false);
            return true;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            new(new ReadResult(ReadOnlySequence<byte>.Empty, false, false));

        public override void AdvanceTo(SequencePosition consumed)
        {
            // There is nothing to consume.
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            // There is nothing to consume.
        }

        public override void CancelPendingRead() => throw new NotSupportedException();

        public override void Complete(Exception? exception = null) => throw new NotSupportedException();
    }
}
