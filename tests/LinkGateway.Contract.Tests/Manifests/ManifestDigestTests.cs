using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Tests.Wire;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Manifests;

public sealed class ManifestDigestTests
{
    static readonly Manifest Sample = new()
    {
        Origin = "142051-kaoku",
        Receivers = ["142051-zei", "gw-kanagawa"],
        OriginOrganisation = "142051",
        InterfaceId = "kaoku-idou",
        TransferId = "A & B <1>\r\n",
        Kind = "change",
        BaseDate = new DateOnly(2026, 1, 1),
        Environment = "test",
        CreatedAt = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(9)),
        NotAfter = new DateTimeOffset(2026, 11, 30, 9, 0, 0, 500, TimeSpan.FromHours(9)),
        FileName = "家屋.csv",
        Size = 42,
        Properties = [new NameValue("memo", "")],
    };

    [Fact]
    public void The_normal_form_is_what_the_description_says()
    {
        const string Expected =
            "<manifest xmlns=\"http://linkgateway.example/batch/2026\">"
            + "<origin>142051-kaoku</origin><receiver>142051-zei</receiver><receiver>gw-kanagawa</receiver>"
            + "<originOrganisation>142051</originOrganisation><interfaceId>kaoku-idou</interfaceId>"
            + "<transferId>A &amp; B &lt;1&gt;&#xD;\n</transferId><kind>change</kind><baseDate>2026-01-01</baseDate>"
            + "<environment>test</environment><notAfter>2026-11-30T00:00:00.5Z</notAfter><fileName>家屋.csv</fileName>"
            + "<mediaType>text/csv</mediaType><size>42</size><property><name>memo</name><value></value></property>"
            + "</manifest>";

        Assert.Equal(Expected, Encoding.UTF8.GetString(ManifestDigest.NormalForm(Sample)));
        Assert.Equal(Sha256Digest.Of(Encoding.UTF8.GetBytes(Expected)), ManifestDigest.Of(Sample));
    }

    [Fact]
    public void Any_normal_form_is_its_own_exclusive_canonical_form() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var normalForm = ManifestDigest.NormalForm(new Samples(seed).Manifest());
            Assert.Equal(Encoding.UTF8.GetString(normalForm), ExclusiveC14n(Encoding.UTF8.GetString(normalForm)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_digest_is_the_canonical_form_of_the_element_as_it_stands_in_a_message() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var request = new Samples(seed).OpenTransfer();
            request = request with { Manifest = request.Manifest with { CreatedAt = null } };
            var message = new XmlDocument { PreserveWhitespace = true };
            message.LoadXml(WireXml.Write(writer => BatchOperations.OpenTransfer.WriteRequest(writer, request)));
            var element = message.GetElementsByTagName("manifest", BatchNames.Namespace)[0]!;

            Assert.Equal(ManifestDigest.Of(request.Manifest), Sha256Digest.Of(Encoding.UTF8.GetBytes(ExclusiveC14n(element.OuterXml))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_digest_of_the_time_before_the_contract_was_frozen_fits_too()
    {
        var manifest = new Samples(1).Manifest();
        var now = Encoding.UTF8.GetString(ManifestDigest.NormalForm(manifest));
        var then = now.Replace("batch/2026\"", "batch/2026/draft\"", StringComparison.Ordinal);

        Assert.True(ManifestDigest.Fits(ManifestDigest.Of(manifest), manifest));
        Assert.True(ManifestDigest.Fits(Sha256Digest.Of(Encoding.UTF8.GetBytes(then)), manifest));
        Assert.False(ManifestDigest.Fits(Sha256Digest.Of([1]), manifest));
    }

    [Fact]
    public void The_digest_survives_prefixes_indentation_and_other_ways_to_write_the_same_instant()
    {
        const string Foreign = """
            <m:manifest xmlns:m="http://linkgateway.example/batch/2026" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <m:origin xsi:type="xs:string">142051-kaoku</m:origin>
              <m:receiver>142051-zei</m:receiver>
              <m:receiver>gw-kanagawa</m:receiver>
              <m:originOrganisation>142051</m:originOrganisation>
              <m:interfaceId>kaoku-idou</m:interfaceId>
              <m:transferId>A &amp; B &#60;1&gt;&#13;&#10;</m:transferId>
              <m:kind><![CDATA[change]]></m:kind>
              <m:baseDate>2026-01-01+09:00</m:baseDate>
              <m:environment>test</m:environment>
              <m:createdAt>2026-11-23T00:00:00Z</m:createdAt>
              <m:notAfter>2026-11-30T09:00:00.500</m:notAfter>
              <m:fileName>家屋.csv</m:fileName>
              <m:size> +42 </m:size>
              <m:property><m:name>memo</m:name><m:value/></m:property>
            </m:manifest>
            """;
        var japan = TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), null, null);

        var read = WireXml.Read(Foreign, reader => ManifestXml.Read(reader, japan));

        Assert.Null(read.Refusal);
        Assert.Equal(ManifestDigest.Of(Sample), ManifestDigest.Of(read.Value!));
    }

    [Fact]
    public void Any_field_but_createdAt_changes_the_digest()
    {
        var digest = ManifestDigest.Of(Sample);

        Assert.Equal(digest, ManifestDigest.Of(Sample with { CreatedAt = null }));
        Assert.NotEqual(digest, ManifestDigest.Of(Sample with { RecordCount = 0 }));
        Assert.NotEqual(digest, ManifestDigest.Of(Sample with { Receivers = ["gw-kanagawa", "142051-zei"] }));
        Assert.NotEqual(digest, ManifestDigest.Of(Sample with { NotAfter = Sample.NotAfter!.Value.AddTicks(1) }));
        Assert.NotEqual(digest, ManifestDigest.Of(Sample with { Properties = [] }));
    }

    [Fact]
    public void A_text_that_XML_cannot_carry_is_refused() =>
        Assert.Throws<ArgumentException>(() => ManifestDigest.Of(Sample with { FileName = "a\0b" }));

    static string ExclusiveC14n(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(xml);
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(document);
        using var canonical = (MemoryStream)transform.GetOutput(typeof(Stream));
        return Encoding.UTF8.GetString(canonical.ToArray());
    }
}
