using LinkGateway.Core.Configuration;
using LinkGateway.Core.Orders;

namespace LinkGateway.Core.Dispatch;

/// <summary>The classes of deliveries in every mode. Immutable and thread-safe.</summary>
public sealed class PriorityTables
{
    readonly PriorityTable _normal;
    readonly PriorityTable _disaster;
    readonly PriorityTable _recovery;

    internal PriorityTables(GatewayConfiguration configuration)
    {
        var (classes, modes) = (configuration.Classes, configuration.Modes);
        _normal = new PriorityTable(classes);
        _disaster = In(modes.Disaster, ClassSettings.Disaster, classes);
        _recovery = In(modes.Recovery, ClassSettings.Recovery, classes);
        HasUrgent = _normal.All.Concat(_disaster.All).Concat(_recovery.All).Where(item => item.Urgent)
            .Any(item => configuration.Routes.Any(route => route.Class == item.Name));
    }

    /// <summary>Whether any route leads to a class that is urgent in some mode.</summary>
    public bool HasUrgent { get; }

    /// <summary>The classes in a mode.</summary>
    public PriorityTable In(OperatingMode mode) => mode switch
    {
        OperatingMode.Disaster => _disaster,
        OperatingMode.Recovery => _recovery,
        _ => _normal,
    };

    // A table of one's own has other names than the built-in modes: only those that it has in common with them change.
    static PriorityTable In(IReadOnlyList<ClassSettings>? stated, IReadOnlyList<ClassSettings> builtIn, IReadOnlyList<ClassSettings> normal)
    {
        var names = normal.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var changed = (stated ?? builtIn).Where(item => names.Contains(item.Name)).ToList();
        return new PriorityTable([.. changed, .. normal.ExceptBy(changed.Select(item => item.Name), item => item.Name)]);
    }
}
