namespace LinkGateway.Core.Configuration;

/// <summary>The JSON Schema of <c>gateway.json</c>, for editors and for <c>linkgw</c>.</summary>
/// <remarks>The gateway itself checks by <see cref="GatewayConfiguration.Parse"/>.</remarks>
public static class ConfigurationSchema
{
    /// <summary>Its file name, as <c>$schema</c> states it.</summary>
    public const string FileName = "gateway.schema.json";

    /// <summary>The text of the schema.</summary>
    public static string ReadText()
    {
        using var stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
