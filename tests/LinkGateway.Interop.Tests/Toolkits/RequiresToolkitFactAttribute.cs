using System.Runtime.CompilerServices;
using LinkGateway.Interop.Tests.Tools;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// A test of a sample client: skipped with the names of the packages where something is missing that the file <c>requires</c> beside the
/// client names.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolkitFactAttribute : FactAttribute
{
    /// <summary>Set to 1, tests run that take a minute and more.</summary>
    public const string LongVariable = "LINKGATEWAY_LONG_TESTS";

    /// <summary>Set to 0, no toolkit runs, installed or not: where they have a run of their own.</summary>
    public const string ToolkitsVariable = "LINKGATEWAY_TOOLKITS";

    /// <summary>Needs what a sample client needs.</summary>
    /// <param name="toolkit">Its folder in samples/clients.</param>
    /// <param name="isLong">Whether it runs in the long form only.</param>
    /// <param name="sourceFilePath">Where the test stands.</param>
    /// <param name="sourceLineNumber">Where the test stands.</param>
    public RequiresToolkitFactAttribute(
        string toolkit,
        bool isLong = false,
        [CallerFilePath] string? sourceFilePath = null,
        [CallerLineNumber] int sourceLineNumber = -1)
    {
        if (isLong && Environment.GetEnvironmentVariable(LongVariable) != "1") Skip = $"only with {LongVariable}=1";
        if (Environment.GetEnvironmentVariable(ToolkitsVariable) == "0") Skip = $"not with {ToolkitsVariable}=0";
        if (ExternalTool.IsRequired) return;
        var missing = ToolkitRequirements.MissingOf(toolkit);
        if (missing.Count > 0) Skip = $"not installed: {string.Join(", ", missing)} (samples/clients/{toolkit}/requires)";
    }
}
