using LinkGateway.Contract.States;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// The last gateway pushes a file to the receiver's service, which is killed in the middle of it or once it has stored it, before its
/// answer is out. At least once: the file comes again under the same identity, by which the receiver knows it. At most once: it does not
/// come again by itself; an operator finds out and settles it.
/// </summary>
sealed class KillPushed(string name, ReceiverKind receiver) : Scenario
{
    const string Operation = "SubmitFile";

    // Several of the route's pauses between attempts.
    static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(6);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static readonly IReadOnlyList<Scenario> OfEveryKind =
    [
        new KillPushed("kill-pushed", ReceiverKind.Pushed),
        new KillPushed("kill-pushed-at-most-once", ReceiverKind.PushedAtMostOnce),
    ];

    public override string Name => name;

    public override int ShortRuns => 2;

    public override FleetPlan Plan(HarnessOptions options) => new() { Receiver = receiver };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (fleet, line, stores) = (run.Fleet, run.Fleet.ToReceiver!, run.Index % 2 == 1);
        // In one message: all of it must be on the way before it is stored.
        var file = run.File((1 << 20) + run.Random.Next(4 << 20));
        var reached = stores
            ? line.In(Operation, 0, connection => connection.DropDown())
            : line.In(Operation, run.Somewhere(file.Size - (64 << 10)), connection => connection.DropUp());
        // A gateway that knows that it has not sent all of it would not be in doubt.
        var sent = line.In(Operation, file.Size, _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await Task.WhenAll(reached, sent).WaitAsync(cancellationToken);
        if (stores) await run.ArrivalAsync(file, cancellationToken);
        await fleet.Taker.KillAsync();
        var again = line.In(Operation, 0, _ => { });
        fleet.Taker.Start();
        await sending;
        if (receiver == ReceiverKind.PushedAtMostOnce) await SettleAsync(run, file, stores, again, cancellationToken);
        else await again.WaitAsync(cancellationToken);
    }

    static async Task SettleAsync(ScenarioRun run, OutgoingFile file, bool stored, Task again, CancellationToken cancellationToken)
    {
        string? held = null;
        while (held is null)
        {
            await Task.Delay(Pause, cancellationToken);
            // The last bytes of the message, behind the file, had not gone out: it was not stored then, and goes again without a doubt.
            if (again.IsCompleted && !stored) return;
            var status = await run.Fleet.StatusAtLastAsync(file.TransferId!);
            held = status?.Deliveries.FirstOrDefault(one => one.State == nameof(DeliveryState.Held))?.DeliveryId;
        }
        await Task.Delay(LongEnough, cancellationToken);
        if (again.IsCompleted) throw new ScenarioException("It was sent again although it goes there at most once.");
        if (stored != run.Fleet.Taker.Taken.Any(one => one.OriginalName == file.Name))
            throw new ScenarioException($"The receiver should {(stored ? "" : "not ")}hold the file.");
        await run.Fleet.OrderAtLastAsync("settle", held, stored ? "delivered" : "not-delivered");
        file.SettledByOperator = stored;
        if (!stored) await again.WaitAsync(cancellationToken);
    }
}
