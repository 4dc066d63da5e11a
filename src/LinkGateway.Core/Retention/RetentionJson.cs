using System.Text.Json.Serialization;

namespace LinkGateway.Core.Retention;

/// <summary>How retention's own facts are kept in the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LastStatement))]
[JsonSerializable(typeof(ClockMark))]
[JsonSerializable(typeof(IntakeMark))]
sealed partial class RetentionJson : JsonSerializerContext;
