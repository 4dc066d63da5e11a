using System.Text.Json.Serialization;

namespace LinkGateway.Core.Watches;

/// <summary>How what is written beside files is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WatchError))]
sealed partial class WatchJson : JsonSerializerContext;
