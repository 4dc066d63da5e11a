using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>Type <c>Manifest</c>. The order of the fields is that of the schema, and of the normal form that the manifest digest
/// covers.</summary>
static class ManifestShape
{
    public static readonly Shape<Manifest> Full = new((f, manifest) => Write(f, manifest, withCreatedAt: true), Read);

    /// <summary>What the manifest digest covers.</summary>
    public static readonly Shape<Manifest> WithoutCreatedAt = new((f, manifest) => Write(f, manifest, withCreatedAt: false), Read);

    static void Write(FieldWriter f, Manifest m, bool withCreatedAt)
    {
        f.Text("origin", m.Origin);
        f.Texts("receiver", m.Receivers);
        f.Text("originOrganisation", m.OriginOrganisation);
        f.Text("receiverOrganisation", m.ReceiverOrganisation);
        f.Text("interfaceId", m.InterfaceId);
        f.Text("interfaceVersion", m.InterfaceVersion);
        f.Text("businessUnit", m.BusinessUnit);
        f.Text("transferId", m.TransferId);
        f.Text("kind", m.Kind);
        f.Text("baseTransferId", m.BaseTransferId);
        f.Value("baseSha256", m.BaseSha256, FieldTypes.Digest);
        f.Value("baseDate", m.BaseDate, FieldTypes.Date);
        f.Text("layoutVersion", m.LayoutVersion);
        f.Text("environment", m.Environment);
        f.Text("dataClass", m.DataClass);
        f.Text("legalBasis", m.LegalBasis);
        if (withCreatedAt) f.Value("createdAt", m.CreatedAt, FieldTypes.Instant);
        f.Value("notAfter", m.NotAfter, FieldTypes.Instant);
        f.Text("orderGroup", m.OrderGroup);
        f.Value("orderSequence", m.OrderSequence, FieldTypes.Long);
        f.Text("setId", m.SetId);
        f.Value("setIndex", m.SetIndex, FieldTypes.Int);
        f.Value("setCount", m.SetCount, FieldTypes.Int);
        f.Text("fileName", m.FileName);
        f.Text("mediaType", m.MediaType);
        f.Text("charset", m.Charset);
        f.Text("contentEncoding", m.ContentEncoding);
        f.Value("size", m.Size, FieldTypes.Long);
        f.Value("sha256", m.Sha256, FieldTypes.Digest);
        f.Value("recordCount", m.RecordCount, FieldTypes.Long);
        f.Groups("property", m.Properties, CommonShapes.Property);
    }

    static Manifest Read(FieldReader f) => new()
    {
        Origin = f.Text("origin"),
        Receivers = f.AtLeastOneText("receiver"),
        OriginOrganisation = f.TextOrNull("originOrganisation"),
        ReceiverOrganisation = f.TextOrNull("receiverOrganisation"),
        InterfaceId = f.Text("interfaceId"),
        InterfaceVersion = f.TextOrNull("interfaceVersion"),
        BusinessUnit = f.TextOrNull("businessUnit"),
        TransferId = f.Text("transferId"),
        Kind = f.Text("kind"),
        BaseTransferId = f.TextOrNull("baseTransferId"),
        BaseSha256 = f.ValueOrNull("baseSha256", FieldTypes.Digest),
        BaseDate = f.ValueOrNull("baseDate", FieldTypes.Date),
        LayoutVersion = f.TextOrNull("layoutVersion"),
        Environment = f.Text("environment"),
        DataClass = f.TextOrNull("dataClass"),
        LegalBasis = f.TextOrNull("legalBasis"),
        CreatedAt = f.ValueOrNull("createdAt", FieldTypes.Instant),
        NotAfter = f.ValueOrNull("notAfter", FieldTypes.Instant),
        OrderGroup = f.TextOrNull("orderGroup"),
        OrderSequence = f.ValueOrNull("orderSequence", FieldTypes.Long),
        SetId = f.TextOrNull("setId"),
        SetIndex = f.ValueOrNull("setIndex", FieldTypes.Int),
        SetCount = f.ValueOrNull("setCount", FieldTypes.Int),
        FileName = f.Text("fileName"),
        MediaType = f.TextOrNull("mediaType") ?? Manifest.DefaultMediaType,
        Charset = f.TextOrNull("charset"),
        ContentEncoding = f.TextOrNull("contentEncoding"),
        Size = f.ValueOrNull("size", FieldTypes.Long),
        Sha256 = f.ValueOrNull("sha256", FieldTypes.Digest),
        RecordCount = f.ValueOrNull("recordCount", FieldTypes.Long),
        Properties = f.Groups("property", CommonShapes.Property),
    };
}
