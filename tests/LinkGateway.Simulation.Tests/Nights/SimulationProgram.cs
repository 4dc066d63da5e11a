using System.Diagnostics;

namespace LinkGateway.Simulation.Tests.Nights;

/// <summary>The simulation as a process.</summary>
static class SimulationProgram
{
    /// <summary>Runs it.</summary>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LinkGateway.Simulation.dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
