using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>Makes the JSON Schema from the configuration types; descriptions are their XML documentation.</summary>
static class SchemaGenerator
{
    static readonly Dictionary<string, string> Summaries = XDocument
        .Load(Path.ChangeExtension(typeof(GatewayConfiguration).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")));

    public static string Generate()
    {
        var exporterOptions = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = ConfigurationJson.Options.GetJsonSchemaAsNode(typeof(GatewayConfiguration), exporterOptions).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "LinkGateway gateway.json");
        var writing = new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return schema.ToJsonString(writing) + "\n";
    }

    static JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var mayBeNull = context.PropertyInfo?.IsSetNullable == true;
        var schema = OwnForm(type, mayBeNull) ?? (node as JsonObject ?? []);

        if (context.PropertyInfo is { } property)
        {
            var declaring = property.DeclaringType;
            var name = ((MemberInfo)property.AttributeProvider!).Name;
            schema.Remove("description");
            schema.Insert(0, "description", Summaries[$"P:{declaring.FullName}.{name}"]);
            if (DefaultOf(property) is { } value) schema["default"] = value;
        }
        else if (type.Namespace == typeof(GatewayConfiguration).Namespace && Summaries.TryGetValue($"T:{type.FullName}", out var summary)
            && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Insert(0, "description", summary);
        }
        return schema;
    }

    /// <summary>Values with a form of their own, which the exporter cannot see in a converter.</summary>
    static JsonObject? OwnForm(Type type, bool mayBeNull)
    {
        string[] names = type == typeof(long) ? ["integer", "string"] : ["string"];
        if (mayBeNull) names = [.. names, "null"];
        JsonNode typeName = names.Length == 1 ? names[0] : new JsonArray([.. names.Select(name => JsonValue.Create(name))]);

        if (type == typeof(long))
            return new() { ["type"] = typeName, ["pattern"] = "^[0-9]+ ?(B|KiB|MiB|GiB|TiB)$", ["minimum"] = 0 };
        if (type == typeof(TimeSpan))
            return new() { ["type"] = typeName, ["pattern"] = "^([0-9]+\\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?$" };
        if (type == typeof(SecretReference))
            return new() { ["type"] = typeName, ["pattern"] = "^(env:.+|file:.+|pbkdf2-sha256\\$.+)$" };
        if (type == typeof(TimeOnly)) return new() { ["type"] = typeName, ["pattern"] = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" };
        if (type == typeof(StatedInstant))
        {
            return new()
            {
                ["type"] = typeName,
                ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?$",
            };
        }
        if (type == typeof(NameTemplate)) return new() { ["type"] = typeName, ["minLength"] = 1 };
        return null;
    }

    static JsonNode? DefaultOf(JsonPropertyInfo property)
    {
        var isValue = ConfigurationJson.Options.GetTypeInfo(property.PropertyType).Kind == JsonTypeInfoKind.None;
        if (property.IsRequired || !isValue || property.DeclaringType.IsAbstract) return null;
        var value = property.Get!(Activator.CreateInstance(property.DeclaringType)!);
        return value is null ? null : JsonSerializer.SerializeToNode(value, property.PropertyType, ConfigurationJson.Options);
    }

    static string TextOf(XElement? summary) => summary is null
        ? ""
        : string.Join(' ', string.Concat(summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement element => element.Attribute("cref")?.Value.Split('.')[^1] ?? element.Value,
            _ => "",
        })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
