using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Core.Tests.World;

/// <summary>Cheap signed receipts: JSON with an HMAC under a key that the issuer's name decides. Every issuer is trusted.</summary>
sealed class TestReceipts : IReceiptSigner, IReceiptVerifier
{
    static readonly JsonSerializerOptions Options = new() { Converters = { new DigestConverter() } };

    public byte[] Sign(ReceiptContent content) => SignWith(content.Issuer, content);

    /// <summary>A statement as plain JSON: who reads it here knows who wrote it.</summary>
    public byte[] Sign(StatementContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Options);

    /// <summary>What a statement states.</summary>
    public static StatementContent ReadStatement(byte[] document) => JsonSerializer.Deserialize<StatementContent>(document, Options)!;

    /// <summary>A document that looks right and is signed with nobody's key.</summary>
    public static byte[] Forge(ReceiptContent content) => SignWith("a thief", content);

    public ReceiptContent? Verify(ReadOnlyMemory<byte> document, out string reason)
    {
        reason = "the signature does not verify";
        Signed? signed;
        try
        {
            signed = JsonSerializer.Deserialize<Signed>(document.Span, Options);
        }
        catch (JsonException)
        {
            return null;
        }

        if (signed is null || signed.Mac != MacOf(signed.Content, signed.Content.Issuer)) return null;
        reason = "";
        return signed.Content;
    }

    /// <summary>What a document states, verified.</summary>
    public static ReceiptContent Read(ReadOnlyMemory<byte> document) =>
        new TestReceipts().Verify(document, out var reason) ?? throw new InvalidOperationException(reason);

    static byte[] SignWith(string key, ReceiptContent content) =>
        JsonSerializer.SerializeToUtf8Bytes(new Signed(content, MacOf(content, key)), Options);

    static string MacOf(ReceiptContent content, string key) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), JsonSerializer.SerializeToUtf8Bytes(content, Options)));

    sealed record Signed(ReceiptContent Content, string Mac);

    sealed class DigestConverter : JsonConverter<Sha256Digest>
    {
        public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Sha256Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("no digest");

        public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
