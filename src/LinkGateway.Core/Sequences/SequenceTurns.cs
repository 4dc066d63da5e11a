using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Core.Sequences;

/// <summary>
/// The sequences in which somebody's turn may have come. Kept in memory: what is lost with the process is found again by looking through
/// the journal. Thread-safe.
/// </summary>
public sealed class SequenceTurns
{
    readonly ConcurrentQueue<string> _changed = new();

    /// <summary>A delivery of the sequence has ended, or an operator has decided about one.</summary>
    internal void Changed(string sequenceKey) => _changed.Enqueue(sequenceKey);

    /// <summary>Takes one of them; each change is told once.</summary>
    internal bool TryTake([NotNullWhen(true)] out string? sequenceKey) => _changed.TryDequeue(out sequenceKey);
}
