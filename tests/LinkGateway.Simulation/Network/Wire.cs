using LinkGateway.Contract.Errors;
using LinkGateway.Core.Delivery;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Network;

/// <summary>
/// The network of a night: carries calls between programs, and loses, doubles, delays and reorders them, cuts hosts off from each other,
/// and breaks connections when the program at either end dies.
/// </summary>
sealed class Wire(Night night, Dice dice)
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(0.2);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly TimeSpan Latest = TimeSpan.FromMinutes(10);

    readonly HashSet<(string, string)> _cuts = [];

    /// <summary>Part of the calls that do not go well.</summary>
    public double Trouble { get; set; }

    /// <summary>Longest usual time of a message on its way.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(100);

    public void Cut(string one, string other) => _cuts.Add(Line(one, other));

    public void Mend(string one, string other) => _cuts.Remove(Line(one, other));

    /// <summary>A network that does nothing wrong any more; what is under way still arrives.</summary>
    public void Clear()
    {
        _cuts.Clear();
        Trouble = 0;
    }

    /// <summary>Calls a gateway.</summary>
    /// <param name="caller">The life that calls, and goes on with the answer.</param>
    /// <param name="from">Its host, or whoever it is.</param>
    /// <param name="target">The host called.</param>
    /// <param name="what">For the trace.</param>
    /// <param name="call">What the gateway there does; the fate tells what happens to an attachment.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    public async ValueTask<PeerAnswer<T>> CallAsync<T>(
        Life caller, string from, Host target, string what, Func<Gateway, NetworkFate, CancellationToken, ValueTask<Outcome<T>>> call,
        CancellationToken cancellationToken)
        where T : class
    {
        var fate = FateOf(from, target.Id);
        if (fate != NetworkFate.Well) night.Trace.Write(from, $"{what} to {target.Id} will be {fate}");
        await TravelAsync(cancellationToken);
        if (fate == NetworkFate.Refused) return NotSent<T>("the connection was refused");
        if (fate is NetworkFate.Lost or NetworkFate.Late)
        {
            if (fate == NetworkFate.Late) ArriveLate(target, what, call);
            await night.Loop.DelayAsync(Patience, cancellationToken);
            return InDoubt<T>("no answer came");
        }

        if (target.Current is not { } gateway) return NotSent<T>("nobody listens there");
        night.Trace.Write(from, $"{what} to {target.Id}");
        if (fate == NetworkFate.Doubled) ArriveAgain(target, what, call);
        var exchange = new Exchange<T>();
        Serve(gateway, target, what, fate, call, exchange);
        using var targetDies = gateway.Life.OnEnd(exchange.Break);
        using var callerDies = caller.OnEnd(() => HangUp(gateway, exchange));
        using var givesUp = cancellationToken.UnsafeRegister(static state => ((Exchange<T>)state!).GiveUp(), exchange);
        var outcome = await exchange.Answer;
        cancellationToken.ThrowIfCancellationRequested();
        if (outcome is not { } answered || fate is NetworkFate.AnswerLost or NetworkFate.Broken)
        {
            await TravelAsync(cancellationToken);
            return InDoubt<T>("the connection was closed");
        }

        await TravelAsync(cancellationToken);
        return Translate(answered);
    }

    void Serve<T>(
        Gateway gateway, Host target, string what, NetworkFate fate,
        Func<Gateway, NetworkFate, CancellationToken, ValueTask<Outcome<T>>> call, Exchange<T>? exchange)
        where T : class
    {
        gateway.Life.Start(async () =>
        {
            try
            {
                var outcome = await call(gateway, fate, exchange?.Aborted ?? CancellationToken.None);
                if (!outcome.Succeeded) night.Trace.Write(target.Id, $"refuses {what}: {outcome.Refusal}");
                exchange?.Complete(outcome);
            }
            catch (OperationCanceledException) when (exchange?.Aborted.IsCancellationRequested == true)
            {
                // Nobody waits for the answer any more.
            }
            catch (Exception e)
            {
                night.Fail($"{target.Id}: {what} threw {e}");
                exchange?.Break();
            }
        });
    }

    void ArriveLate<T>(Host target, string what, Func<Gateway, NetworkFate, CancellationToken, ValueTask<Outcome<T>>> call)
        where T : class =>
        night.World.Start(async () =>
        {
            await night.Loop.DelayAsync(dice.Span(Patience / 4, Latest), CancellationToken.None);
            if (target.Current is not { } gateway) return;
            night.Trace.Write(target.Id, $"{what} arrives late");
            Serve(gateway, target, what, NetworkFate.Late, call, exchange: null);
        });

    void ArriveAgain<T>(Host target, string what, Func<Gateway, NetworkFate, CancellationToken, ValueTask<Outcome<T>>> call)
        where T : class =>
        night.World.Start(async () =>
        {
            await night.Loop.DelayAsync(dice.Span(Shortest, Patience), CancellationToken.None);
            if (target.Current is not { } gateway) return;
            night.Trace.Write(target.Id, $"{what} arrives again");
            Serve(gateway, target, what, NetworkFate.Doubled, call, exchange: null);
        });

    // The other end notices sooner or later that the connection is dead, in its own time.
    void HangUp<T>(Gateway gateway, Exchange<T> exchange)
        where T : class =>
        night.World.Start(async () =>
        {
            await night.Loop.DelayAsync(dice.Span(Shortest, Patience), CancellationToken.None);
            if (!gateway.Life.IsOver) exchange.GiveUp();
        });

    Task TravelAsync(CancellationToken cancellationToken) => night.Loop.DelayAsync(dice.Span(Shortest, Latency), cancellationToken);

    NetworkFate FateOf(string from, string to)
    {
        if (_cuts.Contains(Line(from, to))) return dice.Chance(0.7) ? NetworkFate.Refused : NetworkFate.Lost;
        return dice.Chance(Trouble) ? (NetworkFate)dice.Between(1, (int)NetworkFate.Damaged) : NetworkFate.Well;
    }

    static (string, string) Line(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);

    static PeerAnswer<T> NotSent<T>(string text)
        where T : class => new() { Outcome = PeerOutcome.NotSent, Text = text };

    static PeerAnswer<T> InDoubt<T>(string text)
        where T : class => new() { Outcome = PeerOutcome.InDoubt, Text = text };

    static PeerAnswer<T> Translate<T>(Outcome<T> outcome)
        where T : class => outcome.Succeeded
            ? new() { Outcome = PeerOutcome.Answered, Value = outcome.Value }
            : new()
            {
                Outcome = PeerOutcome.Refused,
                Code = outcome.Refusal.Code,
                Text = outcome.Refusal.ToString(),
                OurFault = outcome.Refusal.Side == FaultSide.Sender,
                RetryAfter = outcome.Refusal.RetryAfter,
            };
}
