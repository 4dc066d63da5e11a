using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/LinkGateway.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
