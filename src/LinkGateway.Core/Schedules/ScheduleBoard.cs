using System.Collections.Concurrent;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Core.Schedules;

/// <summary>What works by itself and how it goes, for operators. In memory; thread-safe.</summary>
public sealed class ScheduleBoard
{
    readonly ConcurrentDictionary<string, ScheduleEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>All of it, by id.</summary>
    public IReadOnlyList<ScheduleEntry> Entries => [.. _entries.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal)];

    /// <summary>Enters how something goes, in place of what was known of it.</summary>
    internal void Put(ScheduleEntry entry) => _entries[entry.Id] = entry;

    /// <summary>Strikes out what is done no more.</summary>
    internal void Remove(string id) => _entries.TryRemove(id, out _);
}
