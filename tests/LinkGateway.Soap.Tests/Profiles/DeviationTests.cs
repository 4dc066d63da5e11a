using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using static LinkGateway.Soap.Tests.Profiles.MessageFixture;

namespace LinkGateway.Soap.Tests.Profiles;

/// <summary>Each deviation is accepted and reported by a lenient profile, refused by a strict one, and switched by its name.</summary>
public sealed class DeviationTests
{
    const string Content = "1,2\n3,4";

    // Judged by the host, which alone knows HTTP; tested there.
    static readonly Deviation[] OfHttp = [Deviation.SoapActionMissing, Deviation.SoapActionUnquoted, Deviation.SoapActionOnSoap12];

    static readonly (Deviation Deviation, MessageFixture Message, string? Reference)[] Samples =
    [
        (Deviation.BareLineFeed, ToTheLetter.Content("\r\n", "\n"), Reference),
        (Deviation.BareLineFeed, ToTheLetter.Content("\r\n--b\r\n", "\n--b\r\n"), Reference),
        (Deviation.BareLineFeed, ToTheLetter.Content("--b--\r\n", "--b--\n"), Reference),
        (Deviation.BoundaryForm, Boundary(new string('b', 71)), Reference),
        (Deviation.BoundaryForm, Boundary("b&b"), Reference),
        (Deviation.HeaderNotAscii, ToTheLetter.Content("text/csv\r\n", "text/csv\r\nX-Name: \u0089\u00C6\r\n"), Reference),
        (Deviation.HeaderNameBlank, ToTheLetter.Content("Content-ID: <file", "Content-ID : <file"), Reference),
        (Deviation.ParameterUnquoted, ToTheLetter.Type("\"text/xml\"", "text/xml"), Reference),
        (Deviation.ParameterUnquoted, ToTheLetter.Content("text/csv", "text/csv; name=a/b"), Reference),
        (Deviation.ParameterSingleQuoted, ToTheLetter.Type("\"text/xml\"", "'text/xml'"), Reference),
        (Deviation.ParameterStray, ToTheLetter.Type("boundary=\"b\"", "boundary=\"b\";"), Reference),
        (Deviation.ParameterStray, ToTheLetter.Type("boundary=\"b\"", "boundary=\"b\" x; y"), Reference),
        (Deviation.Repeated, ToTheLetter.Type("; start", "; type=\"text/plain\"; start"), Reference),
        (Deviation.Repeated, ToTheLetter.Content("Content-ID: <file", "Content-Transfer-Encoding: base64\r\nContent-ID: <file"), Reference),
        (Deviation.CharsetOnMultipart, ToTheLetter.Type("; boundary", "; charset=utf-8; boundary"), Reference),
        (Deviation.TypeMissing, ToTheLetter.Type(" type=\"text/xml\";", ""), Reference),
        (Deviation.TypeNotRoot, ToTheLetter.Type("\"text/xml\"", "\"application/xop+xml\""), Reference),
        (Deviation.StartForm, ToTheLetter.Type("<root@example.org>", "root@example.org"), Reference),
        (Deviation.StartForm, ToTheLetter.Type("<root@example.org>", "cid:root@example.org"), Reference),
        (Deviation.StartForm, ToTheLetter.Type("<root@example.org>", ""), Reference),
        (Deviation.ContentIdForm, ToTheLetter.Content("<file@example.org>", "file@example.org"), Reference),
        (Deviation.ContentIdForm, ToTheLetter.Content("<file@example.org>", "<cid:file@example.org>"), Reference),
        (Deviation.ContentIdRepeated, ToTheLetter.Content("\r\n--b--", "\r\n--b\r\nContent-Type: text/csv\r\n"
            + "Content-ID: <file@example.org>\r\n\r\nother\r\n--b--"), Reference),
        (Deviation.PartTypeMissing, ToTheLetter.Content("Content-Type: text/csv\r\n", ""), Reference),
        (Deviation.PartTypeMissing, ToTheLetter.Content("text/csv", "csv"), Reference),
        (Deviation.Base64Unpadded, ToTheLetter.Content("binary", "base64").Content(Content, "MSwyCjMsNA"), Reference),
        (Deviation.RootTypeUnusual, ToTheLetter.Type("text/xml", "application/xml").Content("text/xml", "application/xml"), Reference),
        (Deviation.RootTypeNotEnvelope,
            ToTheLetter.Content("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"), Reference),
        (Deviation.RootTypeNotEnvelope, Mtom("application/soap+xml"), Reference),
        (Deviation.RootTypeNotEnvelope, Mtom("text/xml").Content("; type=\"text/xml\"\r\n", "\r\n"), Reference),
        (Deviation.CharsetNotTold, ToTheLetter.Content("; charset=utf-8", ""), Reference),
        (Deviation.CharsetNotTold, ToTheLetter.Content("charset=utf-8", "charset=utf-16"), Reference),
        (Deviation.CharsetNotTold,
            ToTheLetter.Content("charset=utf-8", "charset=us-ascii").Content("urn:h", "urn:\u00C2\u00B5"), Reference),
        (Deviation.EncodingStyle, ToTheLetter.Content("<e:Body>", "<e:Body e:encodingStyle=\"\">"), Reference),
        (Deviation.EncodingStyle, ToTheLetter.Content("<file>", "<file e:encodingStyle=\"urn:x\">"), Reference),
        (Deviation.MustUnderstandWord, ToTheLetter.Content("mustUnderstand=\"0\"", "mustUnderstand=\"false\""), Reference),
        (Deviation.ReferenceByHref, ToTheLetter.Content($"<file>{Reference}</file>", $"<file href=\"{Reference}\"/>"), Reference),
        (Deviation.ReferenceByInclude, ToTheLetter.Content(Reference, Include), Reference),
        (Deviation.ReferenceByLocation, ToTheLetter.Content("Content-ID: <file@example.org>", "Content-Location: file.csv"), "file.csv"),
        (Deviation.ReferenceByLocation,
            ToTheLetter.Content("Content-ID: <file@example.org>", "Content-Location: thismessage:/file.csv"), "file.csv"),
        (Deviation.ReferenceByPartName, ToTheLetter.Content("<file@example.org>", "<file=1b2c@example.org>"), null),
        (Deviation.ReferenceForm, ToTheLetter, "file@example.org"),
        (Deviation.ReferenceForm, ToTheLetter, "cid:<file@example.org>"),
        (Deviation.ReferenceForm, ToTheLetter.Content("<file@example.org>", "<file%40example.org>"), "cid:file%40example.org"),
    ];

    const string Include = "<i:Include xmlns:i=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:file@example.org\"/>";

    public static TheoryData<Deviation, int> Cases()
    {
        var cases = new TheoryData<Deviation, int>();
        foreach (var (index, sample) in Samples.Index())
            cases.Add(sample.Deviation, index);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_lenient_profile_accepts_and_reports_it(Deviation deviation, int sample)
    {
        var (attachment, deviations) = await Samples[sample].Message.ReadAsync(WireProfile.Lenient, Samples[sample].Reference);

        Assert.Equal(Content, attachment);
        Assert.Equal(deviation, Assert.Single(deviations.Reports).Deviation);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_strict_profile_refuses_it_by_its_name_its_rule_and_what_to_do(Deviation deviation, int sample)
    {
        var refusal = await RefusalAsync(WireProfile.Strict, sample);

        Assert.Contains(deviation.Name(), refusal, StringComparison.Ordinal);
        Assert.Contains(deviation.Rule(), refusal, StringComparison.Ordinal);
        Assert.Contains(deviation.Advice(), refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_deviation_is_in_the_log_of_the_message_too()
    {
        Assert.True(MediaType.TryParse(ToTheLetter.ContentType.Replace(" type=\"text/xml\";", "", StringComparison.Ordinal), out var type));
        var deviations = new DeviationLog(WireProfile.Strict);

        await Assert.ThrowsAsync<SoapFormatException>(async () =>
            await SoapMessage.ReadAsync(PipeReader.Create(Stream.Null), type, deviations: deviations));

        Assert.Equal(new DeviationReport(Deviation.TypeMissing, 0, 0, Refused: true), Assert.Single(deviations.Reports));
    }

    [Fact]
    public async Task Two_different_boundaries_are_never_accepted()
    {
        var message = ToTheLetter.Type("boundary=\"b\"", "boundary=\"b\"; boundary=\"c\"");

        var refusal = await Assert.ThrowsAsync<MimeFormatException>(() => message.ReadAsync(WireProfile.Lenient));

        Assert.Equal(MimeError.InvalidBoundaryParameter, refusal.Error);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_a_switch_of_its_own(Deviation deviation, int sample)
    {
        var (attachment, _) = await Samples[sample].Message.ReadAsync(WireProfile.Strict.Accepting(deviation), Samples[sample].Reference);
        Assert.Equal(Content, attachment);

        Assert.Contains(deviation.Name(), await RefusalAsync(WireProfile.Lenient.Refusing(deviation), sample), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_deviation_has_a_sample() =>
        Assert.Equal(Enum.GetValues<Deviation>().Except(OfHttp), Samples.Select(sample => sample.Deviation).Distinct().Order());

    [Fact]
    public async Task A_message_to_the_letter_is_accepted_by_a_strict_profile_without_a_report()
    {
        var (attachment, deviations) = await ToTheLetter.ReadAsync(WireProfile.Strict);

        Assert.Equal(Content, attachment);
        Assert.Empty(deviations.Reports);
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("text/xml; charset=utf-8")]
    public async Task An_MTOM_message_is_accepted_by_a_strict_profile_without_a_report(string rootType)
    {
        var (attachment, deviations) = await Mtom(rootType).ReadAsync(WireProfile.Strict);

        Assert.Equal(Content, attachment);
        Assert.Empty(deviations.Reports);
    }

    [Theory]
    [InlineData("\"<root@example.org>\"", "\"<root@example.org>\"; start-info=\"text/xml\"; action=\"urn:a\"")]
    [InlineData("boundary=\"b\"", "boundary=b")]
    [InlineData("boundary=\"b\"", "boundary*0=\"b\"")]
    [InlineData("; type", ";\ttype")]
    [InlineData("multipart/related", "MulTipart/RelaTed")]
    public async Task What_the_standards_allow_is_no_deviation__17_to_26(string from, string to)
    {
        var (_, deviations) = await ToTheLetter.Type(from, to).ReadAsync(WireProfile.Strict);

        Assert.Empty(deviations.Reports);
    }

    [Theory]
    [InlineData("--b--\r\n", "--b--")]
    [InlineData("--b--\r\n", "--b--\r\nepilogue\n")]
    [InlineData("--b\r\nContent-Type: text/csv", "--b \t\r\nContent-Type: text/csv")]
    [InlineData("<file@example.org>\r\n", "<file@example.org>\r\nX-Folded: a\r\n b\r\n")]
    [InlineData("Content-ID: <file", "content-id:<file")]
    [InlineData("<e:Envelope", "\u00EF\u00BB\u00BF<e:Envelope")]
    public async Task What_MIME_and_the_Basic_Profile_allow_is_no_deviation__6_11_28_33(string from, string to)
    {
        var (_, deviations) = await ToTheLetter.Content(from, to).ReadAsync(WireProfile.Strict);

        Assert.Empty(deviations.Reports);
    }

    [Fact]
    public async Task A_reference_is_the_Content_ID_with_its_escapes_decoded_once__30()
    {
        var (attachment, deviations) = await ToTheLetter.ReadAsync(WireProfile.Strict, "cid:file%40example.org");

        Assert.Equal(Content, attachment);
        Assert.Empty(deviations.Reports);
    }

    [Theory]
    [InlineData("<urn:uuid:0a1b@apache.org>", "cid:urn:uuid:0a1b@apache.org")]
    [InlineData("<-1609420109260943731>", "cid:-1609420109260943731")]
    [InlineData("<http://tempuri.org/1/635+id=2>", "cid:http%3A%2F%2Ftempuri.org%2F1%2F635+id%3D2")]
    public async Task A_Content_ID_may_be_anything_unique__30_and_31(string contentId, string reference)
    {
        var (attachment, _) = await ToTheLetter.Content("<file@example.org>", contentId).ReadAsync(WireProfile.Strict, reference);

        Assert.Equal(Content, attachment);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/file.csv")]
    [InlineData("file:///etc/hostname")]
    public async Task A_reference_to_elsewhere_is_never_fetched__38(string reference)
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var there = reference.Replace("{0}", $"{((IPEndPoint)elsewhere.LocalEndpoint).Port}", StringComparison.Ordinal);
        var message = ToTheLetter.Content(Reference, Include.Replace(Reference, there, StringComparison.Ordinal));

        var (attachment, _) = await message.ReadAsync(WireProfile.Lenient, there);

        Assert.Empty(attachment);
        Assert.False(elsewhere.Pending());
    }

    [Theory]
    [InlineData("quoted-printable")]
    [InlineData("base64")]
    public async Task The_root_part_may_be_encoded__32(string encoding)
    {
        var envelope = ToTheLetter.Body[ToTheLetter.Body.IndexOf("<e:", StringComparison.Ordinal)..];
        envelope = envelope[..envelope.IndexOf("\r\n--b", StringComparison.Ordinal)];
        var encoded = encoding == "base64"
            ? Convert.ToBase64String(Encoding.ASCII.GetBytes(envelope), Base64FormattingOptions.InsertLineBreaks)
            : envelope.Replace("=", "=3D", StringComparison.Ordinal);
        var message = ToTheLetter.Content(envelope, encoded)
            .Content("Content-ID: <root", $"Content-Transfer-Encoding: {encoding}\r\nContent-ID: <root");

        var (attachment, deviations) = await message.ReadAsync(WireProfile.Strict);

        Assert.Equal(Content, attachment);
        Assert.Empty(deviations.Reports);
    }

    [Theory]
    [InlineData("application/xop+xml", "text/xml")]
    [InlineData("text/xml", "application/xop+xml")]
    [InlineData("application/soap+xml", "text/xml")]
    public async Task The_root_part_may_be_of_another_type_than_announced__25(string announced, string root)
    {
        var message = ToTheLetter.Type("text/xml", announced).Content("text/xml", root);

        var (attachment, deviations) = await message.ReadAsync(WireProfile.Lenient);

        Assert.Equal(Content, attachment);
        Assert.Equal(Deviation.TypeNotRoot, deviations.Reports[0].Deviation);
    }

    [Fact]
    public async Task A_deviation_is_reported_once_where_it_first_occurred()
    {
        var (_, deviations) = await ToTheLetter.Content("\r\n--b\r\n", "\n--b\n").ReadAsync(WireProfile.Lenient);

        var report = Assert.Single(deviations.Reports);
        Assert.Equal(ToTheLetter.Body.IndexOf("\r\n--b\r\n", StringComparison.Ordinal), report.ByteOffset);
        Assert.Equal(1, report.PartNumber);
    }

    static MessageFixture Boundary(string boundary) =>
        ToTheLetter.Type("\"b\"", $"\"{boundary}\"").Content("--b\r\n", $"--{boundary}\r\n").Content("--b--", $"--{boundary}--");

    static MessageFixture Mtom(string packed) => ToTheLetter
        .Type("type=\"text/xml\"", "type=\"application/xop+xml\"; start-info=\"text/xml\"")
        .Content("text/xml; charset=utf-8", $"application/xop+xml; charset=utf-8; type=\"{packed}\"")
        .Content(Reference, Include);

    static async Task<string> RefusalAsync(WireProfile profile, int sample)
    {
        var (_, message, reference) = Samples[sample];
        var refusal = await Record.ExceptionAsync(() => message.ReadAsync(profile, reference));
        Assert.True(
            refusal is MimeFormatException { Error: MimeError.Deviation } or SoapFormatException { Error: SoapFormatError.Deviation },
            refusal?.ToString());
        return refusal!.Message;
    }
}
