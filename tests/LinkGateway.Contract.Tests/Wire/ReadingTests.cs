using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wire;

/// <summary>What the readers take from toolkits, and what they refuse by name.</summary>
public sealed class ReadingTests
{
    const string Digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const string Chunk = $"<attempt>1</attempt><index>2</index><offset>3</offset><length>4</length><sha256>{Digest}</sha256>";
    const string File = "<file>cid:a</file>";
    const string Include = "<i:Include xmlns:i=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:a%40b\"/>";
    const string Manifest = "<origin>o</origin><receiver>r</receiver><interfaceId>i</interfaceId><transferId>t</transferId>"
        + "<kind>full</kind><environment>test</environment><fileName>f.csv</fileName>";

    static readonly TimeZoneInfo Japan = TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), null, null);

    [Fact]
    public void Attributes_of_toolkits_are_ignored()
    {
        var request = Accept("""
            <n:PutChunk xmlns:n="http://linkgateway.example/batch/2026" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
                        soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
              <n:transferId xsi:type="xsd:string"> T 1 </n:transferId>
              <n:attempt xsi:type="xsd:int"> 1
              </n:attempt><n:index>2</n:index><n:offset>3</n:offset><n:length>4</n:length>
              <n:sha256>ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad</n:sha256>
              <n:data>QU
                JD</n:data>
            </n:PutChunk>
            """);

        Assert.Equal(" T 1 ", request.Transfer.TransferId);
        Assert.Equal((1, 2, 3L, 4L), (request.Attempt, request.Index, request.Offset, request.Length));
        Assert.Equal("ABC"u8.ToArray(), request.Data);
    }

    [Fact]
    public void Fields_may_come_in_any_order() =>
        Assert.Equal("cid:a", Accept(PutChunk($"<file>cid:a</file>{Chunk}<replay>1</replay><origin>o</origin>")).File);

    [Fact]
    public void A_nil_field_counts_as_absent() =>
        Assert.Null(Accept(PutChunk(
            $"{Chunk}<file>cid:a</file><data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>")).Data);

    [Fact]
    public void Comments_do_not_cut_a_value() =>
        Assert.Equal(12, Accept(PutChunk(Chunk.Replace("<index>2", "<index>1<!-- -->2") + File)).Index);

    [Theory]
    [InlineData("2026-11-22T09:00:00", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("2026-11-22T09:00:00.250+09:00", "2026-11-22T00:00:00.25Z")]
    public void DateTimes_are_instants_and_without_an_offset_in_the_zone_of_the_gateway(string text, string instant)
    {
        var request = Read(BatchOperations.OpenTransfer, $"<manifest>{Manifest}<notAfter>{text}</notAfter></manifest>");

        Assert.Null(request.Refusal);
        Assert.Equal(DateTimeOffset.Parse(instant, null), request.Value!.Manifest.NotAfter);
    }

    [Theory]
    [InlineData("2026"), InlineData("2026-11-22"), InlineData("2026-11-22 09:00:00"), InlineData("2026-13-22T09:00:00"), InlineData("now")]
    [InlineData("0001-01-01T00:00:00+14:00"), InlineData("")]
    public void Other_texts_are_no_dateTime(string text) => AssertRefusal(
        "LG-1003", "manifest.notAfter", Read(BatchOperations.OpenTransfer, $"<manifest>{Manifest}<notAfter>{text}</notAfter></manifest>"));

    [Theory]
    [InlineData("2026-01-01", true), InlineData("2026-01-01Z", true), InlineData("2026-01-01+09:00", true)]
    [InlineData("2026-01-01T00:00:00", false), InlineData("2026-1-1", false), InlineData("2026-02-30", false)]
    [InlineData("令和8年1月1日", false)]
    public void A_date_may_have_a_zone_behind_it(string text, bool valid)
    {
        var request = Read(BatchOperations.OpenTransfer, $"<manifest>{Manifest}<baseDate>{text}</baseDate></manifest>");

        if (valid) Assert.Equal(new DateOnly(2026, 1, 1), request.Value!.Manifest.BaseDate);
        else AssertRefusal("LG-1003", "manifest.baseDate", request);
    }

    [Theory]
    [InlineData("attempt"), InlineData("index"), InlineData("offset"), InlineData("length"), InlineData("sha256")]
    public void A_missing_field_is_named(string field)
    {
        var start = Chunk.IndexOf($"<{field}>", StringComparison.Ordinal);
        var end = Chunk.IndexOf($"</{field}>", StringComparison.Ordinal) + field.Length + 3;

        AssertRefusal("LG-1002", field, Read(BatchOperations.PutChunk, Chunk.Remove(start, end - start) + File));
    }

    [Fact]
    public void A_missing_field_inside_is_named_by_its_path() =>
        AssertRefusal("LG-1002", "manifest.receiver", Read(BatchOperations.OpenTransfer,
            $"<manifest>{Manifest.Replace("<receiver>r</receiver>", "", StringComparison.Ordinal)}</manifest>"));

    [Fact]
    public void A_missing_group_is_named() =>
        AssertRefusal("LG-1002", "manifest", Read(BatchOperations.OpenTransfer, "<transferId>t</transferId>"));

    [Theory]
    [InlineData("<attempt>1</attempt>", "<attempt>one</attempt>", "attempt")]
    [InlineData("<attempt>1</attempt>", "<attempt>2147483648</attempt>", "attempt")]
    [InlineData("<attempt>1</attempt>", "<attempt/>", "attempt")]
    [InlineData("<attempt>1</attempt>", "<attempt>1<x/></attempt>", "attempt")]
    [InlineData("<offset>3</offset>", "<offset>9223372036854775808</offset>", "offset")]
    [InlineData("<offset>3</offset>", "<offset>1e3</offset>", "offset")]
    [InlineData("<offset>3</offset>", "<offset>3</offset><offset>3</offset>", "offset")]
    [InlineData("<sha256>ba", "<sha256>BA", "sha256")]
    [InlineData("<attempt>1</attempt>", "<attempt>1</attempt><atempt>1</atempt>", "atempt")]
    [InlineData("<attempt>1</attempt>", "<attempt xmlns=''>1</attempt>", "attempt")]
    [InlineData("<attempt>1</attempt>", "<attempt xmlns='http://linkgateway.example/batch/2025'>1</attempt>", "attempt")]
    [InlineData("<attempt>1</attempt>", "<data>*</data><attempt>1</attempt>", "data")]
    [InlineData("<attempt>1</attempt>", "stray text<attempt>1</attempt>", "PutChunk")]
    public void A_wrong_field_is_named(string right, string wrong, string field) =>
        AssertRefusal("LG-1003", field, Read(BatchOperations.PutChunk, Chunk.Replace(right, wrong, StringComparison.Ordinal) + File));

    [Fact]
    public void A_value_is_never_repeated_in_a_refusal()
    {
        var fields = Chunk.Replace("<index>2", "<index>090-1234", StringComparison.Ordinal) + File;
        var refusal = Read(BatchOperations.PutChunk, fields).Refusal!;

        Assert.DoesNotContain("090-1234", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(File + "<data>QUJD</data>")]
    [InlineData(File + "<data>" + Include + "</data>")]
    public void PutChunk_has_not_both_file_and_data(string bytes)
    {
        var refusal = Read(BatchOperations.PutChunk, Chunk + bytes).Refusal!;

        Assert.Equal(("LG-1006", "2"), (refusal.Code, refusal.Arguments[0]));
    }

    [Fact]
    public void Neither_file_nor_data_is_for_whoever_finds_the_attachment_by_its_name()
    {
        var request = Accept(PutChunk(Chunk));

        Assert.Equal((null, null), (request.File, request.Data));
    }

    [Theory]
    [InlineData("<file>cid:a%40b</file>")]
    [InlineData("<file>\n  cid:a%40b\n</file>")]
    [InlineData("<file href=\"cid:a%40b\"/>")]
    [InlineData("<file href=\"cid:a%40b\"></file>")]
    [InlineData("<file>" + Include + "</file>")]
    [InlineData("<data>" + Include + "</data>")]
    [InlineData("<data> " + Include + "\n</data>")]
    public void A_reference_is_text_or_href_or_Include(string bytes)
    {
        var request = Accept(PutChunk(Chunk + bytes));

        Assert.Equal(("cid:a%40b", null), (request.File, request.Data));
    }

    [Theory]
    [InlineData("<file href=\"cid:a\">cid:b</file>", "file")]
    [InlineData("<file>cid:b" + Include + "</file>", "file")]
    [InlineData("<transferId>" + Include + "</transferId>", "transferId")]
    [InlineData("<file>" + Include + Include + "</file>", "file")]
    [InlineData("<file href=\"cid:a\">" + Include + "</file>", "file")]
    [InlineData(Include, "")]
    public void A_reference_is_one_and_stands_where_an_attachment_may(string fields, string path)
    {
        var refusal = Read(BatchOperations.PutChunk, Chunk + fields).Refusal!;

        Assert.Equal(("LG-1003", path), (refusal.Code, refusal.Arguments[0]));
    }

    [Fact]
    public void Empty_data_is_data() => Assert.Equal(Array.Empty<byte>(), Accept(PutChunk($"{Chunk}<data/>")).Data);

    [Fact]
    public void Elements_nested_without_end_are_refused()
    {
        const int Depth = 100_000;
        var nested = string.Concat(Enumerable.Repeat("<origin>", Depth)) + string.Concat(Enumerable.Repeat("</origin>", Depth));

        Assert.Equal("LG-1003", Read(BatchOperations.GetReceipts, nested).Refusal!.Code);
    }

    [Fact]
    public void Elements_without_number_are_refused()
    {
        var many = string.Concat(Enumerable.Repeat("<a/>", 1_000_000));

        Assert.Equal("LG-1001", Read(BatchOperations.GetReceipts, many).Refusal!.Code);
    }

    [Fact]
    public void Broken_XML_and_another_message_are_no_message()
    {
        Assert.Equal("LG-1001", WireXml.Read(PutChunk("<attempt>1</atempt>"), Read).Refusal!.Code);
        Assert.Equal("LG-1001", WireXml.Read(WireXml.Element("GetReceipts", ""), Read).Refusal!.Code);
        Assert.Equal("LG-1001", WireXml.Read("<PutChunk/>", Read).Refusal!.Code);
    }

    [Fact]
    public void The_reader_stands_behind_the_wrapper_afterwards()
    {
        var next = WireXml.Read($"<body>{PutChunk(Chunk + File)}<next/></body>", reader =>
        {
            reader.ReadStartElement();
            Assert.True(Read(reader).Succeeded);
            return reader.LocalName;
        });

        Assert.Equal("next", next);
    }

    [Fact]
    public void Text_for_people_never_breaks_a_message()
    {
        var broken = new BatchFault("LG-5003", "disk\0 \U00020BB7 " + (char)0xD842, "\u0001");
        var xml = WireXml.Write(writer => BatchFaultXml.Write(writer, broken));

        var fault = WireXml.Read(xml, BatchFaultXml.Read);

        Assert.Equal(new BatchFault("LG-5003", "disk\uFFFD \U00020BB7 \uFFFD", "\uFFFD"), fault.Value);
    }

    static string PutChunk(string fields) => WireXml.Element("PutChunk", fields);

    static PutChunkRequest Accept(string xml)
    {
        var outcome = WireXml.Read(xml, Read);
        Assert.Null(outcome.Refusal);
        return outcome.Value!;
    }

    static Outcome<PutChunkRequest> Read(System.Xml.XmlReader reader) => BatchOperations.PutChunk.ReadRequest(reader, Japan);

    static Outcome<TRequest> Read<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, string fields)
        where TRequest : class
        where TResult : class => WireXml.Read(WireXml.Element(operation.Name, fields), reader => operation.ReadRequest(reader, Japan));

    static void AssertRefusal<T>(string code, string field, Outcome<T> outcome) =>
        Assert.Equal((code, field), (outcome.Refusal?.Code, outcome.Refusal?.Arguments[0]));
}
