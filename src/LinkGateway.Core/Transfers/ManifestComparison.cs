using LinkGateway.Contract.Manifests;

namespace LinkGateway.Core.Transfers;

/// <summary>Says in which field two manifests of one identity differ, so that the sender need not guess.</summary>
static class ManifestComparison
{
    static readonly (string Name, Func<Manifest, object?> Value)[] Fields =
    [
        ("receiver", m => string.Join('\n', m.Receivers)),
        ("originOrganisation", m => m.OriginOrganisation),
        ("receiverOrganisation", m => m.ReceiverOrganisation),
        ("interfaceId", m => m.InterfaceId),
        ("interfaceVersion", m => m.InterfaceVersion),
        ("businessUnit", m => m.BusinessUnit),
        ("kind", m => m.Kind),
        ("baseTransferId", m => m.BaseTransferId),
        ("baseSha256", m => m.BaseSha256),
        ("baseDate", m => m.BaseDate),
        ("layoutVersion", m => m.LayoutVersion),
        ("environment", m => m.Environment),
        ("dataClass", m => m.DataClass),
        ("legalBasis", m => m.LegalBasis),
        ("notAfter", m => m.NotAfter),
        ("orderGroup", m => m.OrderGroup),
        ("orderSequence", m => m.OrderSequence),
        ("setId", m => m.SetId),
        ("setIndex", m => m.SetIndex),
        ("setCount", m => m.SetCount),
        ("fileName", m => m.FileName),
        ("mediaType", m => m.MediaType),
        ("charset", m => m.Charset),
        ("contentEncoding", m => m.ContentEncoding),
        ("size", m => m.Size),
        ("sha256", m => m.Sha256),
        ("recordCount", m => m.RecordCount),
    ];

    /// <summary>The name of the first field that differs; <c>property</c> when only properties do.</summary>
    public static string FirstDifference(Manifest held, Manifest sent)
    {
        foreach (var (name, value) in Fields)
        {
            if (!Equals(value(held), value(sent))) return name;
        }

        return "property";
    }
}
