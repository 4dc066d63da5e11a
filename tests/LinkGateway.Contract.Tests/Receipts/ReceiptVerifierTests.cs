using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Tests.Receipts;

public sealed class ReceiptVerifierTests
{
    static readonly string Signed = Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.P256, TestReceipts.Accepted()));

    [Fact]
    public void Among_several_trusted_certificates_the_one_that_signed_is_found() =>
        Assert.True(Verify(Signed, TestKeys.Rsa2048, TestKeys.OtherP256, TestKeys.P256).IsValid);

    [Fact]
    public void No_changed_byte_makes_a_receipt_say_something_else()
    {
        var document = Encoding.UTF8.GetBytes(Signed);
        for (var i = 0; i < document.Length; i++)
        {
            document[i] ^= 1;
            var verification = ReceiptVerifier.Verify(document, [TestKeys.P256]);
            document[i] ^= 1;

            Assert.True(verification.Content is null || verification.Content == TestReceipts.Accepted(), $"byte {i}: {verification}");
        }
    }

    [Fact]
    public void No_cut_off_receipt_is_valid()
    {
        for (var length = 0; length < Signed.Length; length += 7)
            Assert.Equal(ReceiptVerdict.Malformed, Verify(Signed[..length]).Verdict);
    }

    [Fact]
    public void A_changed_field_is_tampering() =>
        AssertVerdict(ReceiptVerdict.Tampered, Signed.Replace("<replay>0", "<replay>1", StringComparison.Ordinal));

    [Fact]
    public void White_space_between_fields_is_covered_too() =>
        AssertVerdict(ReceiptVerdict.Tampered, Signed.Replace("<replay>", " <replay>", StringComparison.Ordinal));

    [Fact]
    public void The_signature_of_another_receipt_does_not_fit()
    {
        var other = Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.P256, TestReceipts.Delivered()));

        AssertVerdict(ReceiptVerdict.Tampered, Body(Signed) + SignatureOf(other) + "</receipt>");
    }

    [Fact]
    public void A_key_that_is_not_trusted_is_told_from_tampering()
    {
        Assert.Equal(ReceiptVerdict.NotTrusted, Verify(Signed, TestKeys.OtherP256).Verdict);
        Assert.Equal(ReceiptVerdict.NotTrusted, Verify(Signed, []).Verdict);
    }

    [Fact]
    public void The_certificate_in_KeyInfo_is_never_believed()
    {
        var keyId = ReceiptKeyId.Of(TestKeys.Rsa2048).ToString();
        var claimsOurs = ReceiptInteropTests.Unsigned().Replace(keyId, ReceiptKeyId.Of(TestKeys.P256).ToString(), StringComparison.Ordinal);
        var attackersKeyInfo = new KeyInfo();
        attackersKeyInfo.AddClause(new KeyInfoX509Data(TestKeys.Rsa2048));

        var forged = ForeignSigner.Sign(claimsOurs, TestKeys.Rsa2048, (signed, _) => signed.KeyInfo = attackersKeyInfo);

        Assert.Equal(ReceiptVerdict.Tampered, ReceiptVerifier.Verify(forged, [TestKeys.P256]).Verdict);
    }

    [Fact]
    public void A_trusted_certificate_with_a_weak_key_proves_nothing()
    {
        var keyId = ReceiptKeyId.Of(TestKeys.Rsa2048).ToString();
        var weak = ReceiptInteropTests.Unsigned().Replace(keyId, ReceiptKeyId.Of(TestKeys.Rsa1024).ToString(), StringComparison.Ordinal);

        Assert.False(ReceiptVerifier.Verify(ForeignSigner.Sign(weak, TestKeys.Rsa1024), [TestKeys.Rsa1024]).IsValid);
    }

    [Fact]
    public void A_receipt_without_signature_has_the_wrong_shape() => AssertVerdict(ReceiptVerdict.WrongShape, Body(Signed) + "</receipt>");

    [Fact]
    public void Wrapping_a_signed_receipt_into_another_document_does_not_help()
    {
        var forgedBody = Body(Signed).Replace("<replay>0", "<replay>9", StringComparison.Ordinal);
        var original = Body(Signed) + "</receipt>";
        var signature = SignatureOf(Signed);

        AssertVerdict(ReceiptVerdict.WrongShape, forgedBody + Signed + "</receipt>");
        AssertVerdict(ReceiptVerdict.WrongShape, forgedBody + signature + original + "</receipt>");
        AssertVerdict(ReceiptVerdict.WrongShape, forgedBody + original + signature + "</receipt>");
        AssertVerdict(ReceiptVerdict.WrongShape, "<envelope>" + Signed + "</envelope>");
        var carrier = signature.Replace("</Signature>", $"<Object>{original}</Object></Signature>", StringComparison.Ordinal);
        AssertVerdict(ReceiptVerdict.WrongShape, forgedBody + carrier + "</receipt>");
    }

    // What walks XML by recursion throws, or ends the process, where elements are nested too deep.
    [Theory]
    [InlineData("<DigestValue>", "</DigestValue>")]
    [InlineData("<SignatureValue>", "</SignatureValue>")]
    [InlineData("<receiptId>", "</receiptId>")]
    public void Elements_nested_as_deep_as_a_document_can_hold_make_a_receipt_invalid_and_nothing_worse(string start, string end)
    {
        const int Depth = 8_500;
        var nested = start + string.Concat(Enumerable.Repeat("<a>", Depth)) + string.Concat(Enumerable.Repeat("</a>", Depth)) + end;
        var from = Signed.IndexOf(start, StringComparison.Ordinal);
        var to = Signed.IndexOf(end, StringComparison.Ordinal) + end.Length;
        var deep = Encoding.UTF8.GetBytes(Signed[..from] + nested + Signed[to..]);
        Assert.InRange(deep.Length, 0, ReceiptVerifier.MaxDocumentBytes);

        Assert.False(ReceiptVerifier.Verify(deep, [TestKeys.P256]).IsValid);
    }

    [Fact]
    public void Two_signatures_are_refused() =>
        AssertVerdict(ReceiptVerdict.WrongShape, Body(Signed) + SignatureOf(Signed) + SignatureOf(Signed) + "</receipt>");

    [Fact]
    public void A_signature_inside_a_field_is_refused() => AssertVerdict(ReceiptVerdict.WrongShape,
        Body(Signed).Replace("</receiptId>", SignatureOf(Signed) + "</receiptId>", StringComparison.Ordinal) + "</receipt>");

    [Theory]
    [InlineData("two references"), InlineData("a part only"), InlineData("another URI"), InlineData("no enveloped transform")]
    [InlineData("inclusive c14n"), InlineData("with comments"), InlineData("SHA-1 digest"), InlineData("SHA-1 signature")]
    [InlineData("an XPath"), InlineData("prefix list"), InlineData("an object"), InlineData("c14n of SignedInfo")]
    public void Even_a_trusted_key_cannot_sign_in_another_shape(string bend)
    {
        var document = ForeignSigner.Sign(
            ReceiptInteropTests.Unsigned(), TestKeys.Rsa2048, (signed, reference) => Bend(bend, signed, reference));

        var verification = ReceiptVerifier.Verify(document, [TestKeys.Rsa2048]);

        Assert.Equal(ReceiptVerdict.WrongShape, verification.Verdict);
        Assert.NotEqual("", verification.Reason);
    }

    [Theory]
    [InlineData("<schemaVersion>1", "<schemaVersion>2")]
    [InlineData("<kind>delivered", "<kind>promised")]
    [InlineData("<keyId>", "<note>x</note><keyId>")]
    [InlineData("<attempt>1</attempt>", "")]
    [InlineData("<size>", "<size>1</size><size>")]
    [InlineData("http://linkgateway.example/receipt/2026", "http://linkgateway.example/receipt/2027")]
    public void A_well_signed_document_that_is_no_receipt_has_the_wrong_shape(string right, string wrong)
    {
        var document = ForeignSigner.Sign(
            ReceiptInteropTests.Unsigned().Replace(right, wrong, StringComparison.Ordinal), TestKeys.Rsa2048);

        Assert.Equal(ReceiptVerdict.WrongShape, ReceiptVerifier.Verify(document, [TestKeys.Rsa2048]).Verdict);
    }

    [Fact]
    public void Comments_and_processing_instructions_are_refused_since_no_signature_covers_a_comment()
    {
        AssertVerdict(ReceiptVerdict.WrongShape, Signed.Replace("<size>2", "<size>2<!-- 3 -->", StringComparison.Ordinal));
        AssertVerdict(ReceiptVerdict.WrongShape, "<?xml-stylesheet href='x'?>" + Signed);
        AssertVerdict(ReceiptVerdict.WrongShape, Signed + "<!-- -->");
    }

    [Theory]
    [InlineData("<!DOCTYPE receipt [<!ENTITY x \"1\">]>")]
    [InlineData("<!DOCTYPE receipt SYSTEM \"http://127.0.0.1:9/x.dtd\">")]
    [InlineData("junk")]
    public void A_DTD_or_no_XML_is_malformed(string prolog) => AssertVerdict(ReceiptVerdict.Malformed, prolog + Signed);

    [Fact]
    public void A_document_over_the_limit_is_not_looked_at() =>
        AssertVerdict(ReceiptVerdict.Malformed, Signed + new string(' ', ReceiptVerifier.MaxDocumentBytes));

    [Fact]
    public void An_XML_declaration_and_a_byte_order_mark_are_no_harm() =>
        Assert.True(Verify("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Signed + "\n").IsValid);

    static void Bend(string bend, SignedXml signed, Reference reference)
    {
        switch (bend)
        {
            case "two references":
                var second = new Reference("") { TransformChain = reference.TransformChain, DigestMethod = reference.DigestMethod };
                signed.AddReference(second);
                break;
            case "a part only":
                signed.AddObject(new DataObject("part", "", "", Element("<x/>")));
                reference.Uri = "#part";
                break;
            case "another URI":
                reference.Uri = "#xpointer(/)";
                break;
            case "no enveloped transform":
                reference.TransformChain = new TransformChain();
                reference.AddTransform(new XmlDsigExcC14NTransform());
                break;
            case "inclusive c14n":
                reference.TransformChain = new TransformChain();
                reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
                reference.AddTransform(new XmlDsigC14NTransform());
                break;
            case "with comments":
                reference.AddTransform(new XmlDsigExcC14NWithCommentsTransform());
                break;
            case "SHA-1 digest":
                reference.DigestMethod = SignedXml.XmlDsigSHA1Url;
                break;
            case "SHA-1 signature":
                signed.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA1Url;
                break;
            case "an XPath":
                reference.AddTransform(XPath());
                break;
            case "prefix list":
                reference.TransformChain = new TransformChain();
                reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
                reference.AddTransform(new XmlDsigExcC14NTransform("ds"));
                break;
            case "an object":
                signed.AddObject(new DataObject("more", "", "", Element("<x/>")));
                break;
            case "c14n of SignedInfo":
                signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigC14NTransformUrl;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(bend));
        }
    }

    static XmlDsigXPathTransform XPath()
    {
        var transform = new XmlDsigXPathTransform();
        transform.LoadInnerXml(Element($"<x><XPath xmlns=\"{SignedXml.XmlDsigNamespaceUrl}\">true()</XPath></x>").ChildNodes);
        return transform;
    }

    static XmlElement Element(string xml)
    {
        var document = new XmlDocument();
        document.LoadXml(xml);
        return document.DocumentElement!;
    }

    static string Body(string document) => document[..document.IndexOf("<Signature", StringComparison.Ordinal)];

    static string SignatureOf(string document) =>
        document[document.IndexOf("<Signature", StringComparison.Ordinal)..^"</receipt>".Length];

    static void AssertVerdict(ReceiptVerdict verdict, string document) => Assert.Equal(verdict, Verify(document).Verdict);

    static ReceiptVerification Verify(string document) => Verify(document, TestKeys.P256);

    static ReceiptVerification Verify(string document, params X509Certificate2[] trusted) =>
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(document), trusted);
}
