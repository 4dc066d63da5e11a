using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>Values of an enumeration by their names in camelCase, and never by number.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
