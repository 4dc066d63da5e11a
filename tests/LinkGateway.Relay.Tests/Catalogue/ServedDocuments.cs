using System.Text;
using System.Xml.Linq;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Fetches published documents as a client does: from one to the next by the addresses in them.</summary>
static class ServedDocuments
{
    static readonly Uri Address = new("https://gateway.example/services/142051/house");

    public static Dictionary<string, string> Follow(WsdlPublisher documents, params string[] queries)
    {
        var served = new Dictionary<string, string>();
        var pending = new Queue<string>(queries);
        while (pending.TryDequeue(out var query))
        {
            if (served.ContainsKey(query))
                continue;
            var document = documents.Find(query, Address);
            Assert.True(document is not null, $"Nothing is served for {query}.");
            served[query] = Encoding.UTF8.GetString(document.Value.Span);
            foreach (var reference in References(XDocument.Parse(served[query])))
            {
                Assert.StartsWith(Address + "?", reference, StringComparison.Ordinal);
                pending.Enqueue(reference[Address.ToString().Length..]);
            }
        }
        return served;
    }

    static IEnumerable<string> References(XDocument document)
    {
        foreach (var element in document.Descendants())
        {
            if (element.Name.LocalName == "address")
                Assert.Equal(Address.ToString(), element.Attribute("location")?.Value);
            else if (element.Name.LocalName is "import" or "include" or "redefine"
                && (element.Attribute("location") ?? element.Attribute("schemaLocation")) is { } location)
                yield return location.Value;
        }
    }
}
