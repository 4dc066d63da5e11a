using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Properties over generated messages. Seeds are fixed; a failure prints the message shrunk.</summary>
public sealed class MultipartReaderPropertyTests
{
    static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261122, 1);

    static readonly MultipartOptions TightLimits = new()
    {
        Parts = 4,
        PartHeaders = 4,
        PartHeaderBytes = 120,
        PreambleBytes = 40,
        EpilogueBytes = 20,
        PaddingBytes = 3,
    };

    static readonly Gen<string> Text = Gen
        .Elements("--b", "--b--", "--", "-", "b", "\r\n", "\n", "\r", " ", "x", "\r\n--b\r\n\r\n", "\0\u00FF")
        .ListOf().Select(string.Concat);

    static readonly Gen<string> Message = Gen
        .Elements(
            "--b", "--b\r\n", "--b\n", "\r\n--b", "--b--", "\r\n--b--\r\n", "--", "\r\n", "\r\n\r\n", "\n", "\n\n", "\r", " ",
            "\t", "x", "A: 1\r\n", "A:", "b")
        .ListOf().Select(string.Concat);

    [Fact]
    public void What_the_writer_wrote_is_read_back_under_any_chunking() => Check.One(Config, Prop.ForAll(
        Text.Two().ListOf().Zip(Seeds).ToArbitrary(), sample =>
        {
            var (parts, seed) = sample;
            var boundary = MultipartBoundary.Create(Encoding.ASCII.GetBytes("random enough..."));
            var (message, contentType) = Written(parts, boundary);
            var expected = new StringBuilder();
            foreach (var (id, body) in parts)
                expected.Append("A:").Append(Printable(id)).Append("\n[").Append(body).Append("]\n");
            return Outcome.Of(message, contentType, Cuts.Random(seed)) == new Outcome(expected.ToString(), null);
        }));

    [Fact]
    public void Any_bytes_are_read_as_the_plain_definition_says() => Check.One(Config.WithMaxTest(3000), Prop.ForAll(
        Message.Zip(Seeds).ToArbitrary(), sample =>
        {
            var (message, seed) = sample;
            var expected = ReferenceReader.Read(message);
            var actual = Outcome.Of(ReaderFixture.Bytes(message), ReaderFixture.ContentType, Cuts.Random(seed, 9), seed % 2 == 0);
            return (actual == expected).Label($"expected {expected}, got {actual} for {Show(message)}");
        }));

    [Fact]
    public void Mutated_bytes_have_the_same_outcome_under_any_chunking__5() => Check.One(Config, Prop.ForAll(
        Seeds.ToArbitrary(), seed =>
        {
            var message = Mutated(seed);
            var whole = Outcome.Of(message, ReaderFixture.ContentType, Cuts.Whole, options: TightLimits);
            return new[] { Cuts.Of(1), Cuts.Of(2), Cuts.Of(3), Cuts.Of(7), Cuts.Random(seed) }
                .All(cuts => Outcome.Of(message, ReaderFixture.ContentType, cuts, seed % 2 == 0, TightLimits) == whole);
        }));

    static Gen<int> Seeds => Gen.Choose(0, int.MaxValue);

    static (byte[] Message, string ContentType) Written(IEnumerable<(string Id, string Body)> parts, string boundary)
    {
        var output = new MemoryStream();
        var writer = new MultipartWriter(PipeWriter.Create(output), boundary);
        foreach (var (id, body) in parts)
            Write(writer.WritePartAsync(new MimeHeaders { { "A", Printable(id) } }, ReaderFixture.Bytes(body)));
        Write(writer.CompleteAsync());
        return (output.ToArray(), writer.RelatedContentType("x", "text/xml").ToString());

        static void Write(ValueTask task)
        {
            Assert.True(task.IsCompleted);
            task.GetAwaiter().GetResult();
        }
    }

    static string Printable(string text) => new([.. text.Where(c => c is > ' ' and <= '~')]);

    static byte[] Mutated(int seed)
    {
        var random = new Random(seed);
        var message = new List<byte>(ReaderFixture.Bytes(
            "preamble\r\n--b\r\nContent-ID: <r>\r\nContent-Type: text/xml;\r\n x=y\r\n\r\n<E/>\r\n"
            + "--b \r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\nREVG\r\nRw==\r\n"
            + "--b\nContent-Transfer-Encoding: quoted-printable\n\na=3Db =\nc  \n--b\r\n\r\n\r\n--bb\r\n--b--\r\nepilogue"));
        var bytes = "\r\n-b: =Q \t\0x"u8;
        for (var mutations = random.Next(6); mutations > 0; mutations--)
        {
            var place = random.Next(message.Count);
            switch (random.Next(4))
            {
                case 0:
                    message[place] = bytes[random.Next(bytes.Length)];
                    break;
                case 1:
                    message.RemoveAt(place);
                    break;
                case 2:
                    message.Insert(place, bytes[random.Next(bytes.Length)]);
                    break;
                default:
                    message.RemoveRange(place, Math.Min(message.Count - place - 1, random.Next(30)));
                    break;
            }
        }
        return [.. message];
    }

    static string Show(string message) => message.Replace("\r", "\\r").Replace("\n", "\\n").Replace("\0", "\\0");
}
