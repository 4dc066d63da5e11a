using System.Runtime.CompilerServices;

namespace LinkGateway.Interop.Tests.Tools;

/// <summary>A test that needs a tool: skipped with the name of its Debian package where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolFactAttribute : FactAttribute
{
    public RequiresToolFactAttribute(
        string tool, string package, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    {
        if (!ExternalTool.IsRequired && !ExternalTool.IsInstalled(tool)) Skip = $"{tool} is not installed (package {package})";
    }
}
