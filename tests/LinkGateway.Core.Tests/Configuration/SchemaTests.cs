using LinkGateway.Core.Configuration;
using LinkGateway.Testing.Files;

namespace LinkGateway.Core.Tests.Configuration;

public class SchemaTests
{
    /// <summary>Set this variable to 1 to write the file anew after a change of the configuration types.</summary>
    const string RegenerateVariable = "LINKGATEWAY_WRITE_SCHEMA";

    [Fact]
    public void The_committed_schema_is_the_one_of_the_types()
    {
        var generated = SchemaGenerator.Generate();
        var path = Path.Combine(Repository.Root, "src", "LinkGateway.Core", "Configuration", ConfigurationSchema.FileName);
        if (Environment.GetEnvironmentVariable(RegenerateVariable) == "1") File.WriteAllText(path, generated);

        Assert.True(generated == File.ReadAllText(path).ReplaceLineEndings("\n"),
            $"{ConfigurationSchema.FileName} differs from the types: run this test with {RegenerateVariable}=1 and commit the file.");
    }

    [Fact]
    public void The_schema_is_embedded() => Assert.Contains("\"$schema\"", ConfigurationSchema.ReadText(), StringComparison.Ordinal);

    [Fact]
    public void Every_setting_of_the_schema_has_a_description() =>
        Assert.DoesNotContain("\"description\": \"\"", SchemaGenerator.Generate(), StringComparison.Ordinal);
}
