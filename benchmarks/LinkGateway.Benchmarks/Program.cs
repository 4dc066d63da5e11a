using BenchmarkDotNet.Running;
using LinkGateway.Benchmarks.Allocations;

// dotnet run -c Release --project benchmarks/LinkGateway.Benchmarks -- --filter '*'
// dotnet run -c Release --project benchmarks/LinkGateway.Benchmarks -- --allocations [--write] [--only PART-OF-A-NAME]
if (args is ["--allocations", ..])
    return await AllocationGuard.RunAsync(args.AsMemory(1));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
