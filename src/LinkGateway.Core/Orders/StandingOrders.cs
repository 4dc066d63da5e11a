using System.Collections.Frozen;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Timing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Orders;

/// <summary>
/// What operators have ordered until further notice: durable in the journal, in memory for those who ask at every transfer. Thread-safe.
/// </summary>
public sealed class StandingOrders
{
    const int MostShown = 100;

    readonly Lock _gate = new();
    FrozenDictionary<string, StandingOrderRecord> _inForce = FrozenDictionary<string, StandingOrderRecord>.Empty;
    long _newest;

    /// <summary>Pulses when an order was given or lifted.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>In what times the gateway works.</summary>
    public OperatingMode Mode => Find(StandingSubjects.Mode) is { } mode
        ? Enum.Parse<OperatingMode>(mode, ignoreCase: true)
        : OperatingMode.Normal;

    /// <summary>Whether nothing is taken from the participant, nor given to it.</summary>
    public bool IsSuspended(string participantId) => Find(StandingSubjects.Suspend(participantId)) is not null;

    /// <summary>The value of the order in force about a subject; null when there is none.</summary>
    public string? Find(string subject) => Volatile.Read(ref _inForce).GetValueOrDefault(subject)?.Value;

    /// <summary>The orders in force whose subjects begin with a text, by subject.</summary>
    public IReadOnlyList<(string Subject, string Value)> Under(string prefix) =>
    [
        .. Volatile.Read(ref _inForce).Values.Where(order => order.Subject.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(order => order.Subject, StringComparer.Ordinal).Select(order => (order.Subject, order.Value!)),
    ];

    /// <summary>Reads the orders in force. Call before anything is taken in.</summary>
    /// <exception cref="StorageException">The journal cannot be read.</exception>
    public async ValueTask LoadAsync(IJournal journal, CancellationToken cancellationToken)
    {
        var newest = await journal.NewestStandingOrdersAsync(1, cancellationToken);
        var all = await journal.StandingOrdersAsync(cancellationToken);
        lock (_gate)
        {
            // Two that read at the same time may end in the other order.
            if (newest.Count == 0 || newest[0].Number < _newest) return;
            _newest = newest[0].Number;
            Volatile.Write(ref _inForce, all.ToFrozenDictionary(order => order.Subject, StringComparer.Ordinal));
        }

        Changed.Pulse();
    }

    /// <summary>Gives an order, or lifts it; it is durable and in force when the call ends. A dry run writes nothing.</summary>
    /// <param name="services">The ports.</param>
    /// <param name="subject">About what (<see cref="StandingSubjects"/>).</param>
    /// <param name="value">What; null lifts the order.</param>
    /// <param name="given">Who, why, and whether in earnest.</param>
    /// <param name="cancellationToken">Gives up; the order may have been carried out.</param>
    public async ValueTask<Outcome<StandingOrderResult>> GiveAsync(
        CoreServices services, string? subject, string? value, GivenOrder given, CancellationToken cancellationToken)
    {
        var reason = OrderReason.Check(given.Reason);
        if (!reason.Succeeded) return reason.Refusal;
        if (string.IsNullOrEmpty(subject)) return new Refusal(ErrorCatalogue.FieldMissing, "subject");
        var checkedValue = StandingRules.Check(subject, value, services.Configuration.Current);
        if (!checkedValue.Succeeded) return checkedValue.Refusal;
        try
        {
            var result = new StandingOrderResult
            {
                Subject = subject,
                Before = Find(subject),
                After = checkedValue.Value,
                DryRun = given.DryRun,
            };
            if (given.DryRun) return result;
            var batch = new JournalBatch();
            batch.StandingOrders.Add(new StandingOrderRecord
            {
                At = services.Now,
                Operator = given.Operator,
                Subject = subject,
                Value = checkedValue.Value,
                Reason = reason.Value,
            });
            await services.Journal.CommitAsync(batch, cancellationToken);
            await LoadAsync(services.Journal, cancellationToken);
            return result;
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }

    /// <summary>The orders in force, and the newest of all.</summary>
    public async ValueTask<Outcome<StandingOrderList>> ListAsync(IJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            var newest = await journal.NewestStandingOrdersAsync(MostShown, cancellationToken);
            return new StandingOrderList
            {
                InForce = [.. Volatile.Read(ref _inForce).Values.OrderBy(order => order.Subject, StringComparer.Ordinal).Select(Entry)],
                Newest = [.. newest.Select(Entry)],
            };
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }

    static StandingOrderEntry Entry(StandingOrderRecord order) => new()
    {
        Number = order.Number,
        At = order.At,
        Operator = order.Operator,
        Subject = order.Subject,
        Value = order.Value,
        Reason = order.Reason,
    };
}
