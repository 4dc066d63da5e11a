using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LinkGateway.Core.Configuration;

/// <summary>
/// Compares a JSON text with the configuration types by the serialiser's own metadata and reports every difference, where the serialiser
/// alone would stop at the first. What is wrong is left out, or replaced by a placeholder where a value is required, so that the rest can
/// still be read and its meaning checked; <see cref="ErrorList"/> keeps errors about placeholders from being reported.
/// </summary>
sealed class ShapeChecker(string basePath, ErrorList errors)
{
    static readonly JsonSerializerOptions Options = ConfigurationJson.Options;

    bool _beyondRepair;

    /// <summary>The configuration, or null when too little of it was readable.</summary>
    public GatewayConfiguration? Read(JsonElement root)
    {
        var repaired = NeverNull(Check(root, Options.GetTypeInfo(typeof(GatewayConfiguration)), "$", isPath: false));
        return _beyondRepair ? null : repaired.Deserialize<GatewayConfiguration>(Options);
    }

    JsonNode? Check(JsonElement value, JsonTypeInfo type, string path, bool isPath) => type.Kind switch
    {
        JsonTypeInfoKind.Object => CheckObject(value, type, path),
        JsonTypeInfoKind.Enumerable => CheckList(value, type, path, isPath),
        _ => CheckValue(value, type, path, isPath),
    };

    JsonNode? CheckObject(JsonElement value, JsonTypeInfo type, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return Wrong(value, type, path);

        var repaired = new JsonObject();
        if (type.PolymorphismOptions is { } polymorphism)
        {
            if (DerivedType(value, polymorphism, path) is not { } derived) return null;
            repaired[polymorphism.TypeDiscriminatorPropertyName] = (string)derived.TypeDiscriminator!;
            type = Options.GetTypeInfo(derived.DerivedType);
        }

        var known = type.Properties.Where(property => property.Set is not null)
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = JsonPaths.Member(path, member.Name);
            if (!seen.Add(member.Name))
                errors.Add(memberPath, "it is stated twice", "Keep one of them");
            else if (known.TryGetValue(member.Name, out var property))
                AddMember(repaired, property, member.Value, memberPath);
            else if (!repaired.ContainsKey(member.Name))
                errors.Add(memberPath, "there is no such setting", $"Remove it, or use one of {string.Join(", ", known.Keys)}");
        }
        foreach (var property in known.Values.Where(property => property.IsRequired && !repaired.ContainsKey(property.Name)))
        {
            errors.Add(JsonPaths.Member(path, property.Name), "it is missing",
                $"Add {ShapeTexts.Expected(Options.GetTypeInfo(property.PropertyType))}");
            repaired[property.Name] = NeverNull(Placeholder(Options.GetTypeInfo(property.PropertyType)));
        }
        return repaired;
    }

    void AddMember(JsonObject repaired, JsonPropertyInfo property, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!property.IsSetNullable)
                errors.Add(path, "null is no value here",
                    property.IsRequired ? "Give a value" : "Give a value, or leave it out for the default");
            return;
        }
        var isPath = property.AttributeProvider?.IsDefined(typeof(ConfigurationPathAttribute), inherit: false) ?? false;
        var node = Check(value, Options.GetTypeInfo(property.PropertyType), path, isPath);
        if (!errors.Holds(path)) repaired[property.Name] = node;
    }

    JsonArray? CheckList(JsonElement value, JsonTypeInfo type, string path, bool isPath)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(value, type, path);
            return [];
        }
        var elementType = Options.GetTypeInfo(type.ElementType!);
        // A wrong element stays as a placeholder: leaving it out would move the paths of those after it.
        return [.. value.EnumerateArray().Select((element, index) =>
            NeverNull(Check(element, elementType, JsonPaths.Element(path, index), isPath)))];
    }

    JsonNode? NeverNull(JsonNode? node)
    {
        _beyondRepair |= node is null;
        return node;
    }

    JsonNode? CheckValue(JsonElement value, JsonTypeInfo type, string path, bool isPath)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.Null) return Wrong(value, type, path);
            if (isPath && value.ValueKind == JsonValueKind.String) return CheckPath(value, type, path);
            value.Deserialize(type);
            return JsonNode.Parse(value.GetRawText());
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return Wrong(value, type, path, ShapeTexts.ProblemOf(e));
        }
    }

    JsonNode? CheckPath(JsonElement value, JsonTypeInfo type, string path)
    {
        value.Deserialize(type);
        var text = value.GetString()!;
        if (text.Length == 0 || text.Contains('\0')) return Wrong(value, type, path);
        return type.Type == typeof(SecretReference) ? SecretReference.MakeAbsolute(text, basePath) : Path.GetFullPath(text, basePath);
    }

    JsonDerivedType? DerivedType(JsonElement value, JsonPolymorphismOptions polymorphism, string path)
    {
        var name = polymorphism.TypeDiscriminatorPropertyName;
        var choices = string.Join(", ", polymorphism.DerivedTypes.Select(derived => derived.TypeDiscriminator));
        if (!value.TryGetProperty(name, out var stated))
        {
            errors.Add(JsonPaths.Member(path, name), "it is missing", $"Add one of {choices}");
            return null;
        }
        foreach (var derived in polymorphism.DerivedTypes)
            if (stated.ValueKind == JsonValueKind.String && stated.ValueEquals((string)derived.TypeDiscriminator!)) return derived;
        errors.Add(JsonPaths.Member(path, name), $"{ShapeTexts.Found(stated)} is no kind of destination", $"Use one of {choices}");
        return null;
    }

    JsonNode? Wrong(JsonElement value, JsonTypeInfo type, string path, string? problem = null)
    {
        // A value in the place of a secret may be the secret itself: it is never repeated.
        var found = type.Type == typeof(SecretReference) ? "this" : ShapeTexts.Found(value);
        errors.Add(path, problem ?? $"{found} is not what belongs here", $"Write {ShapeTexts.Expected(type)}");
        return Placeholder(type);
    }

    static JsonNode? Placeholder(JsonTypeInfo type)
    {
        if (type.Type == typeof(string) || type.Type == typeof(Uri)) return "";
        if (type.Type == typeof(SecretReference)) return "env:PLACEHOLDER";
        if (type.Type == typeof(DateOnly)) return "0001-01-01";
        if (type.Type == typeof(TimeOnly)) return "00:00";
        if (type.Type.IsEnum) return JsonSerializer.SerializeToNode(Enum.GetValues(type.Type).GetValue(0), type.Type, Options);
        return type.Kind == JsonTypeInfoKind.Enumerable ? new JsonArray() : null;
    }
}
