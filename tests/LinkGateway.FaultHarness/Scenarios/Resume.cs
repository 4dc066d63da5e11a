using LinkGateway.Contract.Messages;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// A measurement: the line breaks at 70 % of a large file. What is sent afterwards must be what is missing, and at most one chunk more for
/// each connection in flight.
/// </summary>
sealed class Resume(
    string name, Func<Fleet, FaultProxy> which, Func<Fleet, string, Task<TransferStatusResult?>> status) : Scenario
{
    const long MiB = 1 << 20;
    const int ChunkSize = 16 << 20;
    const int InFlight = 4;

    // TLS, HTTP, SOAP and the long polls of receipts.
    const double AroundChunks = 0.01;

    public override string Name => name;

    public override int LongRuns => 1;

    public override bool OnlyByName => true;

    public override FleetPlan Plan(HarnessOptions options) => new() { ChunkSize = "16MiB" };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (fleet, line) = (run.Fleet, which(run.Fleet));
        var file = run.File(run.Options.Size ?? 4096 * MiB);
        var broken = line.After(file.Size * 7 / 10, _ =>
        {
            line.Refuses = true;
            line.CutAll();
        });
        var sending = fleet.Sender.SendAsync(file, cancellationToken, "--id", file.Name, "--in-flight", $"{InFlight}");
        await broken.WaitAsync(cancellationToken);
        // Until the gateway behind the line has let go of what was cut.
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        var held = (await status(fleet, file.Name))!.Held.Sum(range => range.Length);
        var before = line.Sent;
        line.Refuses = false;
        await sending;
        await run.ArrivalAsync(file, cancellationToken);
        var (missing, after) = (file.Size - held, line.Sent - before);
        run.Note = $"{file.Size / MiB:N0} MiB, held {held / MiB:N0}, missing {missing / MiB:N0}, "
            + $"sent after the break {after / MiB:N0} MiB: "
            + $"{(after - missing) / (double)MiB:F1} MiB more than missing";
        if (after > (missing * (1 + AroundChunks)) + (InFlight * ChunkSize))
            throw new ScenarioException("More than one chunk for each connection was sent again.");
    }
}
