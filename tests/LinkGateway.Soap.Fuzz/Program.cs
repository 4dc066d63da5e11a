using System.Diagnostics;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Fuzz.Oracles;
using LinkGateway.Soap.Fuzz.Running;

// An emergency brake only: what turns in a circle is found by counting reads. Seconds of one core, not of a busy machine, would do.
var brake = TimeSpan.FromMinutes(2);

if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

var fuzzer = new Fuzzer(options.Seed, Execution.Run);
var tally = new Tally();
if (options.Execution is { } execution)
{
    var failure = fuzzer.RunOne(execution, tally);
    return Report(failure, $"Execution {execution} of seed {options.Seed}");
}

Console.WriteLine($"Seed {options.Seed}, {options.Executions:N0} executions on {Environment.ProcessorCount} threads.");
var clock = Stopwatch.StartNew();
using var end = options.Duration is { } duration ? new CancellationTokenSource(duration) : new CancellationTokenSource();
using var progress = new Timer(_ => Progress(), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
var found = fuzzer.Run(options.Executions, Environment.ProcessorCount, tally, end.Token);
return Report(found, $"{fuzzer.Done:N0} executions in {clock.Elapsed.TotalSeconds:F0} s, {fuzzer.Done / clock.Elapsed.TotalSeconds:F0} a second");

void Progress()
{
    Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {fuzzer.Done,12:N0}  {fuzzer.Done / clock.Elapsed.TotalSeconds,8:F0} a second");
    if (fuzzer.Oldest is not { } oldest || oldest.Since < brake)
        return;
    var message = Mutator.Message(new Chance(options.Seed, oldest.Execution));
    var hanging = new Failure(options.Seed, oldest.Execution, message, $"It has not ended after {oldest.Since}.");
    Console.Error.WriteLine($"{hanging}\nThe message is in {hanging.Dump()}");
    Environment.Exit(1);
}

int Report(Failure? failure, string what)
{
    foreach (var (kind, count) in tally.Counts)
        Console.WriteLine($"{count,12:N0}  {kind}");
    Console.WriteLine($"Most allocated by one reading: {tally.Most.Bytes:N0} bytes for a message of {tally.Most.MessageBytes:N0}.");
    if (options.Execution is null)
        Console.WriteLine($"Never reached: {(tally.NeverReached.Any() ? string.Join(", ", tally.NeverReached) : "none, every kind of refusal was met")}.");
    if (failure is not null)
        Console.Error.WriteLine($"{failure}\nThe message is in {failure.Dump()}");
    Console.WriteLine($"{what}: {(failure is null ? "all held" : "FAILED")}.");
    return failure is null ? 0 : 1;
}
