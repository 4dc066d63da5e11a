using System.Text.Json.Serialization;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// Manifests, receipt contents and hop lists as JSON: they are read and written whole, and may gain fields without a new schema version.
/// Digests are 64 hexadecimal digits, instants keep their offset, absent fields are left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(Sha256DigestConverter)])]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ReceiptContent))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
sealed partial class JournalJson : JsonSerializerContext;
