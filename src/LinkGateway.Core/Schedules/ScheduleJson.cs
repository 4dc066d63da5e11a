using System.Text.Json.Serialization;

namespace LinkGateway.Core.Schedules;

/// <summary>How runs are kept in the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduledRun))]
sealed partial class ScheduleJson : JsonSerializerContext;
