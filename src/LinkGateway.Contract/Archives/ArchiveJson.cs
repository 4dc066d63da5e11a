using System.Text.Json.Serialization;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Contract.Archives;

/// <summary>How the lines of an archive file are written: camelCase names, absent values left out, digests in hexadecimal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DigestTextConverter), typeof(CamelCaseEnum<OrderKind>)])]
[JsonSerializable(typeof(ArchiveHeader))]
[JsonSerializable(typeof(ArchivedTransfer))]
public sealed partial class ArchiveJson : JsonSerializerContext;
