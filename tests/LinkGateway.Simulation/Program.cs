using System.Diagnostics;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Running;
using LinkGateway.Simulation.Timing;

if (SimulationOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(SimulationOptions.Usage);
    return 2;
}

ThreadPool.GetMaxThreads(out var threads, out _);
if (threads != 1)
{
    Console.Error.WriteLine($"The thread pool has {threads} threads; with more than one a night is not decided by its seed.");
    return 2;
}

var clock = Stopwatch.StartNew();
ulong hash = 0;
long steps = 0;
var virtualTime = TimeSpan.Zero;
for (var i = 0; i < options.Nights; i++)
{
    var result = new Night(options.Seed + (ulong)i, options.Plant, options.Trace ? Console.Out : null).Run();
    hash = Dice.Mix(hash, result.Hash);
    steps += result.Steps;
    virtualTime += result.Length;
    if (result.Failure is null) continue;
    Console.WriteLine($"Night {i + 1}, seed {result.Seed}, at {result.Length}: {result.Failure}");
    Console.WriteLine($"See it again with --seed {result.Seed} --nights 1 --trace");
    return 1;
}

Console.WriteLine(
    $"{options.Nights:N0} nights from seed {options.Seed} in {clock.Elapsed.TotalSeconds:F1} s: all as promised; "
    + $"{steps:N0} steps, {virtualTime.TotalHours:N0} hours of virtual time, hash {hash:x16}");
return 0;
