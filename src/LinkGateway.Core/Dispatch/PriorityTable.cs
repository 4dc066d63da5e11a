using System.Collections.Frozen;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Dispatch;

/// <summary>The classes of deliveries in one mode. Immutable and thread-safe.</summary>
public sealed class PriorityTable
{
    readonly FrozenDictionary<string, PriorityClass> _byName;
    readonly PriorityClass _ordinary;

    internal PriorityTable(IEnumerable<ClassSettings> classes)
    {
        All = [.. classes.Select((item, order) => new PriorityClass(item.Name, order, item.Weight, item.Urgent, item.Concurrency))];
        _byName = All.ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
        _ordinary = _byName.GetValueOrDefault(ClassSettings.Ordinary) ?? All[^1];
    }

    /// <summary>All classes, in their order.</summary>
    public IReadOnlyList<PriorityClass> All { get; }

    /// <summary>The class of that name; the ordinary one where there is none, as for what has no route any more.</summary>
    public PriorityClass Of(string? name) => name is null ? _ordinary : _byName.GetValueOrDefault(name) ?? _ordinary;
}
