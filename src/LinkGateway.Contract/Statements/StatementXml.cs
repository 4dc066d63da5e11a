using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Statements;

/// <summary>The document of a statement, without its signature.</summary>
/// <remarks>
/// Root element <c>statement</c> in <see cref="Namespace"/>; in it the fields of <see cref="StatementContent"/> in this order, an element
/// <c>entry</c> for each thing stated, and <c>keyId</c>, the SHA-256 of the signing certificate (DER). Signed as receipts are.
/// </remarks>
static class StatementXml
{
    public const string Namespace = "http://linkgateway.example/statement/2026";

    public const string Root = "statement";

    public static readonly Shape<KeyedStatement> Shape = new(Write, Read);

    static readonly Shape<StatementEntry> Entry = new(WriteEntry, ReadEntry);

    static void Write(FieldWriter f, KeyedStatement statement)
    {
        var content = statement.Content;
        f.Value<long>("number", content.Number, FieldTypes.Long);
        f.Text("kind", content.Kind);
        f.Text("issuer", content.Issuer);
        f.Text("environment", content.Environment);
        f.Value<DateTimeOffset>("at", content.At, FieldTypes.OffsetInstant);
        f.Value("predecessor", content.Predecessor, FieldTypes.Digest);
        f.Groups("entry", content.Entries, Entry);
        f.Value<Sha256Digest>("keyId", statement.KeyId, FieldTypes.Digest);
    }

    static KeyedStatement Read(FieldReader f)
    {
        var content = new StatementContent
        {
            Number = f.Value("number", FieldTypes.Long),
            Kind = f.Text("kind"),
            Issuer = f.Text("issuer"),
            Environment = f.Text("environment"),
            At = f.Value("at", FieldTypes.OffsetInstant),
            Predecessor = f.ValueOrNull("predecessor", FieldTypes.Digest),
            Entries = f.Groups("entry", Entry),
        };
        return new KeyedStatement(content, f.Value("keyId", FieldTypes.Digest));
    }

    // Ids are the origin's words: a character that XML cannot carry must not keep a statement from being written.
    static void WriteEntry(FieldWriter f, StatementEntry entry)
    {
        f.Text("what", entry.What);
        f.Value("at", entry.At, FieldTypes.OffsetInstant);
        f.Prose("origin", entry.Origin);
        f.Prose("transferId", entry.TransferId);
        f.Prose("receiver", entry.Receiver);
        f.Value("replay", entry.Replay, FieldTypes.Int);
        f.Prose("name", entry.Name);
        f.Value("size", entry.Size, FieldTypes.Long);
        f.Value("sha256", entry.Sha256, FieldTypes.Digest);
        f.Value("count", entry.Count, FieldTypes.Long);
        f.Prose("rule", entry.Rule);
    }

    static StatementEntry ReadEntry(FieldReader f) => new()
    {
        What = f.Text("what"),
        At = f.ValueOrNull("at", FieldTypes.OffsetInstant),
        Origin = f.TextOrNull("origin"),
        TransferId = f.TextOrNull("transferId"),
        Receiver = f.TextOrNull("receiver"),
        Replay = f.ValueOrNull("replay", FieldTypes.Int),
        Name = f.TextOrNull("name"),
        Size = f.ValueOrNull("size", FieldTypes.Long),
        Sha256 = f.ValueOrNull("sha256", FieldTypes.Digest),
        Count = f.ValueOrNull("count", FieldTypes.Long),
        Rule = f.TextOrNull("rule"),
    };
}
