using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>What was read as an envelope can be rewritten, however odd it is. The seed is fixed; a failure prints the case.</summary>
public sealed class RewriterPropertyTests
{
    static readonly string[] Samples = [.. new[] { EnvelopeSamples.Soap11, EnvelopeSamples.Soap12 }.SelectMany(soap => new[]
    {
        $"<Envelope xmlns='{soap}' xmlns:e='{soap}'><Header xmlns:w='http://www.w3.org/2005/08/addressing'>"
            + "<w:ReplyTo e:mustUnderstand='1'><w:Address>http://a</w:Address><w:x w:Id='q'/></w:ReplyTo>"
            + "<a e:actor='' e:role='' e:relay='1' xmlns=''/></Header><Body e:encodingStyle='urn:s'>"
            + "<p:a xmlns:p='urn:p' xmlns='urn:d' p:t='p:x'><![CDATA[<]]><!-- > --><b/>&lt;</p:a></Body></Envelope>",
        $"<e:Envelope xmlns:e='{soap}'><e:Body><e:Fault xmlns:n='urn:n'><faultcode>n:a.b</faultcode>"
            + "<faultstring xml:lang='ja'>x</faultstring><faultactor>y</faultactor>"
            + "<detail n:a='1'><b xmlns='urn:b'/></detail></e:Fault></e:Body></e:Envelope>",
        $"<e:Envelope xmlns:e='{soap}'><e:Body><e:Fault xmlns='urn:n'><e:Code><e:Value>e:Sender</e:Value>"
            + "<e:Subcode><e:Value>n:a</e:Value></e:Subcode></e:Code><e:Reason><e:Text xml:lang='en'>x</e:Text></e:Reason>"
            + "<e:Node>y</e:Node><e:Role>z</e:Role><e:Detail><b/></e:Detail></e:Fault></e:Body></e:Envelope>",
    })];

    static readonly string[] Bits =
    [
        "<", ">", "'", "=", ":", "/", "e:", "n:", "p:", "xmlns:e='urn:o' ", "xmlns='' ", "xmlns:env='urn:o' ", "<c/>", "<e:Fault/>",
        " ", "a", ".",
    ];

    [Fact]
    public void Every_envelope_that_was_read_can_be_converted_searched_and_given_new_addresses()
    {
        var read = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000).WithReplay(20261127, 5), Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var text = Mutated(new Random(seed));
                SoapEnvelope envelope;
                try
                {
                    envelope = EnvelopeSamples.Parse(text);
                }
                catch (SoapFormatException)
                {
                    return;
                }
                read++;
                var other = envelope.Version == SoapVersion.Soap11 ? SoapVersion.Soap12 : SoapVersion.Soap11;
                var converted = SoapEnvelope.Parse(EnvelopeRewriter.Convert(envelope, other));
                Assert.Equal(other, converted.Version);
                Assert.Equal((envelope.IsFault, envelope.BodyElements), (converted.IsFault, converted.BodyElements));
                Signatures.CoveringEnvelope(envelope);
                Replace(envelope);
            }));
        Assert.InRange(read, 1000, 4000);
    }

    static void Replace(SoapEnvelope envelope)
    {
        try
        {
            var replaced = EnvelopeRewriter.ReplaceReplyAddresses(envelope, _ => "http://gateway");
            var again = EnvelopeRewriter.ReplaceReplyAddresses(SoapEnvelope.Parse(replaced.Envelope), address => address);
            Assert.All(again.Originals, original => Assert.Equal("http://gateway", original.Address));
            Assert.Equal(replaced.Originals.Count, again.Originals.Count);
            Assert.Equal(replaced.Envelope.ToArray(), again.Envelope.ToArray());
        }
        catch (SoapFormatException refusal)
        {
            Assert.Equal(SoapFormatError.Addressing, refusal.Error);
        }
    }

    static string Mutated(Random random)
    {
        var text = new StringBuilder(Samples[random.Next(Samples.Length)]);
        for (var mutations = random.Next(4); mutations > 0; mutations--)
        {
            var place = random.Next(text.Length);
            if (random.Next(3) > 0)
                text.Insert(place, Bits[random.Next(Bits.Length)]);
            else
                text.Remove(place, 1);
        }
        return text.ToString();
    }
}
