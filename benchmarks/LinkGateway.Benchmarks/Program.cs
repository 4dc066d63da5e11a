using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using LinkGateway.Benchmarks.Allocations;

// dotnet run -c Release --project benchmarks/LinkGateway.Benchmarks -- --filter '*'
// dotnet run -c Release --project benchmarks/LinkGateway.Benchmarks -- --allocations [--write] [--only PART-OF-A-NAME]
if (args is ["--allocations", ..])
    return await AllocationGuard.RunAsync(args.AsMemory(1));
// The library builds the whole gateway once more for the process that it measures; its own two minutes are short for a busy machine.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
