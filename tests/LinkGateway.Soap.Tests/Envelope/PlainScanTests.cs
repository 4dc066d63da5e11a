using System.Text;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;
using Xunit.Abstractions;

namespace LinkGateway.Soap.Tests.Envelope;

/// <summary>The scan of plain envelopes takes nothing that the reader would not take, and finds the same in what it takes.</summary>
public sealed class PlainScanTests(ITestOutputHelper output)
{
    const string Soap = EnvelopeSamples.Soap11;

    const string Head = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"{Soap}\">";

    public static TheoryData<string> Plain =>
    [
        $"<s:Envelope xmlns:s=\"{Soap}\"><s:Body/></s:Envelope>",
        $"<Envelope xmlns='{EnvelopeSamples.Soap12}'><Header/><Body><a xmlns=''>1</a></Body></Envelope>\n",
        Head + "<s:Header>\r\n<w:Action xmlns:w=\"urn:w\" s:mustUnderstand=\"1\">urn:a&amp;b</w:Action><x/></s:Header><s:Body>"
            + "<m:Lookup xmlns:m=\"urn:m\"><m:name>藤沢　￥</m:name></m:Lookup></s:Body></s:Envelope>",
        Head + "<s:Header><h xmlns='urn:h' xml:lang='ja' a='x&#10;y\tz\r\nw'>1\r\n2&#13;3<i></i><j/>&#x20BB7;</h></s:Header>"
            + "<s:Body s:encodingStyle='urn:e'><m href=\"cid:a\"/><n/></s:Body></s:Envelope>",
        Head + "<s:Body><m><i:Include xmlns:i='http://www.w3.org/2004/08/xop/include' href='cid:a'/></m></s:Body></s:Envelope>",
        Head + "<s:Body><m xmlns:s='urn:other' s:encodingStyle='no'><s:a s:b='1'/></m><s:Fault/></s:Body></s:Envelope>",
        Head + "<s:Body><m at = '1'  bt\n=\n\"2\" ><n\t/></m\n></s:Body></s:Envelope>",
    ];

    [Theory]
    [MemberData(nameof(Plain))]
    public void It_finds_in_plain_envelopes_what_a_reader_finds(string envelope)
    {
        var found = PlainScan.TryRun(Encoding.UTF8.GetBytes(envelope), EnvelopeLimits.Default);

        Assert.NotNull(found);
        Assert.Equal(InWords(ByReader(Encoding.UTF8.GetBytes(envelope))!), InWords(found));
    }

    [Theory]
    [InlineData("<s:Body><!-- comment --></s:Body></s:Envelope>")]
    [InlineData("<s:Body><![CDATA[x]]></s:Body></s:Envelope>")]
    [InlineData("<s:Body><?pi x?></s:Body></s:Envelope>")]
    [InlineData("<s:Body>&other;</s:Body></s:Envelope>")]
    [InlineData("<s:Body>&#0;</s:Body></s:Envelope>")]
    [InlineData("<s:Body>&#xD800;</s:Body></s:Envelope>")]
    [InlineData("<s:Body>&#x110000;</s:Body></s:Envelope>")]
    [InlineData("<s:Body>]]></s:Body></s:Envelope>")]
    [InlineData("<s:Body>\u0001</s:Body></s:Envelope>")]
    [InlineData("<s:Body>\uFFFE</s:Body></s:Envelope>")]
    [InlineData("<s:Body><p:m/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m p:a='1'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m a='1' a='2'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m xmlns:p=''/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m xmlns:xml='urn:x'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><xmlns:m/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m a='<'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m a=1/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m a='1'b='2'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m></n></s:Body></s:Envelope>")]
    [InlineData("<s:Body><1/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><a:b:c xmlns:a='urn:a'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><住所/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m xml:space='x'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body><m xml:href='cid:a'/></s:Body></s:Envelope>")]
    [InlineData("<s:Body/>text</s:Envelope>")]
    [InlineData("<s:Body/></s:Envelope>text")]
    [InlineData("<s:Body/></s:Envelope><more/>")]
    [InlineData("<s:Body/><s:Body/></s:Envelope>")]
    [InlineData("<s:Body/><s:Header/></s:Envelope>")]
    [InlineData("<s:Header/></s:Envelope>")]
    [InlineData("<Body/></s:Envelope>")]
    [InlineData("<s:Body/></s:Envelope")]
    [InlineData("<s:Body/>")]
    [InlineData("<s:Body><m")]
    public void It_leaves_everything_else_to_the_reader(string rest) =>
        Assert.Null(PlainScan.TryRun(Encoding.UTF8.GetBytes(Head + rest), EnvelopeLimits.Default));

    [Theory]
    [InlineData(1000)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void Blanks_however_many_do_not_hide_what_the_body_is(int count)
    {
        var blanks = new string(' ', count);
        foreach (var envelope in (string[])
        [
            $"{Head}{blanks}<s:Header/><s:Body><m/></s:Body></s:Envelope>", $"{Head}<s:Header/>{blanks}<s:Body><m/></s:Body></s:Envelope>",
            $"{Head}<s:Body>{blanks}<m/></s:Body></s:Envelope>", $"{Head}<s:Body><m/></s:Body>{blanks}</s:Envelope>",
            $"{Head}<s:Body><m/></s:Body></s:Envelope>{blanks}",
        ])
        {
            var bytes = Encoding.UTF8.GetBytes(envelope);
            if (ByReader(bytes) is null)
            {
                Assert.Null(PlainScan.TryRun(bytes, EnvelopeLimits.Default));
                continue;
            }

            using var body = SoapEnvelope.Parse(bytes).ReadBody();
            Assert.Equal("m", body.LocalName);
        }
    }

    [Fact]
    public void It_leaves_bytes_that_are_no_UTF_8_to_the_reader() =>
        Assert.Null(PlainScan.TryRun([.. Encoding.ASCII.GetBytes(Head + "<s:Body>"), 0x83, 0x65, .. "</s:Body></s:Envelope>"u8],
            EnvelopeLimits.Default));

    [Theory]
    [InlineData("<?xml version=\"1.1\"?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-16\"?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>")]
    [InlineData("<?xml version=\"1.0\" standalone=\"yes\"?>")]
    [InlineData("<!DOCTYPE s:Envelope>")]
    public void It_leaves_other_declarations_to_the_reader(string declaration) => Assert.Null(PlainScan.TryRun(
        Encoding.UTF8.GetBytes($"{declaration}<s:Envelope xmlns:s=\"{Soap}\"><s:Body/></s:Envelope>"), EnvelopeLimits.Default));

    [Theory]
    [InlineData(nameof(EnvelopeLimits.EnvelopeDepth))]
    [InlineData(nameof(EnvelopeLimits.EnvelopeNodes))]
    [InlineData(nameof(EnvelopeLimits.HeaderNodes))]
    [InlineData(nameof(EnvelopeLimits.ElementAttributes))]
    [InlineData(nameof(EnvelopeLimits.NameLength))]
    [InlineData(nameof(EnvelopeLimits.NamespaceLength))]
    public void It_takes_nothing_beyond_a_limit(string limit)
    {
        var envelope = Encoding.UTF8.GetBytes(Head + "<s:Header><n:b1 xmlns:n='urn:n' a='1' b='2'><c/>text</n:b1></s:Header>"
            + "<s:Body><one><two><three>text</three></two></one></s:Body></s:Envelope>");
        var taken = Enumerable.Range(1, 100).Select(value => With(limit, value))
            .Where(limits => PlainScan.TryRun(envelope, limits) is not null).ToArray();

        Assert.NotEmpty(taken);
        Assert.All(taken, limits => Assert.NotNull(ByReader(envelope, limits)));
        Assert.Null(PlainScan.TryRun(envelope, With(limit, 1)));
    }

    [Fact]
    public void Whatever_it_takes_of_broken_envelopes_the_reader_takes_too_and_finds_the_same()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var samples = ((IEnumerable<object[]>)Plain).Select(row => Encoding.UTF8.GetBytes((string)row[0])).ToArray();
        var taken = 0;
        for (var run = 0; run < 100_000; run++)
        {
            var envelope = Mutate(samples[random.Next(samples.Length)], random);
            if (PlainScan.TryRun(envelope, EnvelopeLimits.Default) is not { } plain) continue;
            taken++;
            var whole = ByReader(envelope);
            Assert.True(whole is not null, $"Only the plain scan takes {Encoding.UTF8.GetString(envelope)}");
            Assert.Equal(InWords(whole), InWords(plain));
        }
        Assert.InRange(taken, 100, 90_000);
    }

    static byte[] Mutate(byte[] sample, Random random)
    {
        const string Marks = "<>/=\"' :&;#x!?-[]\r\n\tasxmln";
        List<byte> bytes = [.. sample];
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)Marks[random.Next(Marks.Length)];
                    break;
                case 1:
                    bytes.Insert(at, (byte)Marks[random.Next(Marks.Length)]);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    var piece = bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    bytes.InsertRange(random.Next(bytes.Count), piece);
                    break;
            }
        }
        return [.. bytes];
    }

    static EnvelopeLimits With(string limit, int value) => limit switch
    {
        nameof(EnvelopeLimits.EnvelopeDepth) => new() { EnvelopeDepth = value },
        nameof(EnvelopeLimits.EnvelopeNodes) => new() { EnvelopeNodes = value },
        nameof(EnvelopeLimits.HeaderNodes) => new() { HeaderNodes = value },
        nameof(EnvelopeLimits.ElementAttributes) => new() { ElementAttributes = value },
        nameof(EnvelopeLimits.NameLength) => new() { NameLength = value },
        _ => new() { NamespaceLength = value },
    };

    static ScannedEnvelope? ByReader(byte[] envelope, EnvelopeLimits? limits = null)
    {
        try
        {
            return EnvelopeScan.RunByReader(new EnvelopeText(envelope, "utf-8"), limits ?? EnvelopeLimits.Default);
        }
        catch (SoapFormatException)
        {
            return null;
        }
    }

    static string InWords(ScannedEnvelope found) =>
        $"{found.Version} {found.BodyName} {found.BodyElements} {found.HasHref} {found.HasInclude} {found.HasEncodingStyle}\n"
        + string.Join('\n', found.Headers.Select(block => block.ToString(SaveOptions.DisableFormatting)));
}
