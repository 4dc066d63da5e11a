using System.Text.Json.Serialization;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Notices;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// Manifests, receipt contents, notices and hop lists as JSON: they are read and written whole, and may gain fields without a new schema
/// version.
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
[JsonSerializable(typeof(NoticeRecord))]
[JsonSerializable(typeof(Notice))]
sealed partial class JournalJson : JsonSerializerContext;
