using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LinkGateway.Core.Configuration;

/// <summary>How <c>gateway.json</c> is written: camelCase, enumerations as text, comments and trailing commas allowed.</summary>
public static class ConfigurationJson
{
    /// <summary>Options to serialise a <see cref="GatewayConfiguration"/> with.</summary>
    /// <remarks>Reading goes by <see cref="GatewayConfiguration.Parse"/>, which checks.</remarks>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            AllowOutOfOrderMetadataProperties = true,
            AllowTrailingCommas = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = true,
            // Every long of the configuration is a size; counts are int.
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new ByteSizeConverter(),
                new TimeOfDayConverter(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
