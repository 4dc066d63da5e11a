using System.Collections.Concurrent;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Notices;

/// <summary>
/// What is wrong at present. Whoever sees a condition raises it, as often as it likes, and clears it when it is over; what becomes of it
/// is decided elsewhere. In memory: whoever raised a condition sees it again after a start, or clears it, or it lapses. Thread-safe.
/// </summary>
public sealed class NoticeBoard
{
    readonly ConcurrentDictionary<(NoticeKind Kind, string Subject), Condition> _conditions = new();

    /// <summary>Pulses when a condition has arisen, changed or ended.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>The conditions at present, in no order.</summary>
    public IReadOnlyCollection<Condition> Current => [.. _conditions.Values];

    /// <summary>Says that something is wrong; the newest text stands.</summary>
    /// <param name="kind">What.</param>
    /// <param name="subject">With what; kind and subject are the identity of the condition.</param>
    /// <param name="text">A description, English, without personal data.</param>
    /// <param name="forecast">When it will be over, where that can be foreseen.</param>
    public void Raise(NoticeKind kind, string subject, string text, DateTimeOffset? forecast = null)
    {
        var condition = new Condition(kind, subject, text, forecast);
        if (_conditions.TryGetValue((kind, subject), out var before) && before == condition) return;
        _conditions[(kind, subject)] = condition;
        Changed.Pulse();
    }

    /// <summary>Says that it is over, or was never so.</summary>
    public void Clear(NoticeKind kind, string subject)
    {
        if (_conditions.TryRemove((kind, subject), out _)) Changed.Pulse();
    }

    /// <summary>Puts back what was wrong before a restart, unless somebody has seen it again already.</summary>
    internal void Restore(NoticeKind kind, string subject, string text)
    {
        if (_conditions.TryAdd((kind, subject), new Condition(kind, subject, text) { IsRestored = true })) Changed.Pulse();
    }

    /// <summary>Takes away what nobody has seen since it was put back.</summary>
    internal void Lapse()
    {
        foreach (var (key, condition) in _conditions)
        {
            if (condition.IsRestored && _conditions.TryRemove(KeyValuePair.Create(key, condition))) Changed.Pulse();
        }
    }
}
