using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Claims;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Server.Partners;

/// <summary>
/// The wire profile of each participant, from the configuration in force. A participant's deviation is logged when it is first seen, and
/// counted each time: an operator learns of a new habit, and a night of a million messages does not fill the log. Thread-safe.
/// </summary>
public sealed class PartnerProfiles : IPartnerProfiles
{
    readonly GatewayMetrics _metrics;
    readonly ILogger _logger;
    readonly ConcurrentDictionary<(string Participant, Deviation Deviation, bool Refused), bool> _seen = new();
    volatile FrozenDictionary<string, WireProfile> _profiles;

    /// <summary>Follows the configuration in force.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="metrics">The counters.</param>
    /// <param name="logger">Where deviations are noted.</param>
    public PartnerProfiles(ConfigurationSource configuration, GatewayMetrics metrics, ILogger<PartnerProfiles> logger)
    {
        _metrics = metrics;
        _logger = logger;
        _profiles = Of(configuration.Current);
        configuration.Changed += snapshot => _profiles = Of(snapshot);
    }

    /// <inheritdoc/>
    public WireProfile ProfileOf(ClaimsPrincipal caller) =>
        caller.Identity?.Name is { } id && _profiles.TryGetValue(id, out var profile) ? profile : WireProfile.Lenient;

    /// <inheritdoc/>
    public void Deviated(ClaimsPrincipal caller, IReadOnlyList<DeviationReport> deviations)
    {
        var participant = caller.Identity?.Name ?? "";
        foreach (var (deviation, part, offset, refused) in deviations)
        {
            _metrics.Deviated(participant, deviation.Name(), refused);
            if (!_seen.TryAdd((participant, deviation, refused), true))
                continue;
            if (refused)
                _logger.DeviationRefused(participant, deviation.Name(), part, offset, deviation.Rule(), deviation.Advice());
            else
                _logger.Deviates(participant, deviation.Name(), part, offset, deviation.Rule(), deviation.Advice());
        }
    }

    static FrozenDictionary<string, WireProfile> Of(ConfigurationSnapshot snapshot) =>
        snapshot.Directory.All.ToFrozenDictionary(participant => participant.Id, participant => Of(participant.Profile));

    static WireProfile Of(PartnerProfile profile) =>
        (profile.Wire == WireStrictness.Strict ? WireProfile.Strict : WireProfile.Lenient)
        .Accepting(profile.Accept.Select(Of)).Refusing(profile.Refuse.Select(Of));

    static Deviation Of(WireDeviation deviation) => Enum.Parse<Deviation>(deviation.ToString());
}
