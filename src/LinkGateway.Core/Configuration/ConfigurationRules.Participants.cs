using LinkGateway.Contract.Identity;
using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <content>Participants and interfaces.</content>
sealed partial class ConfigurationRules
{
    void CheckParticipants()
    {
        var participants = _configuration.Participants;
        CheckUnique("$.participants", participants, participant => participant.Id, "id");
        CheckUniqueUsers();
        foreach (var (index, participant) in participants.Index())
        {
            var path = $"$.participants[{index}]";
            CheckId($"{path}.id", participant.Id);
            if (participant.OrganisationCode is { } code && !OrganisationCode.TryParse(code, out _))
                _errors.Add($"{path}.organisationCode", $"'{code}' is no 団体コード",
                    "Write six digits with their check digit, or the first five");
            CheckBasic($"{path}.credentials.basic", participant.Credentials?.Basic);
            if (participant.Credentials is { Basic: null, Certificates.Count: 0 })
                _errors.Add($"{path}.credentials", "it holds neither basic nor certificates",
                    "Add one, or remove credentials if it never calls this gateway");
            CheckProfile($"{path}.profile", participant.Profile);
            CheckQuotas($"{path}.quotas", participant.Quotas);
            CheckForwarding($"{path}.mayForwardFor", participant, participant.MayForwardFor);
            CheckForwarding($"{path}.mayReceiveFor", participant, participant.MayReceiveFor);
            CheckCallbackOf($"{path}.notices", participant);
        }
    }

    void CheckUniqueUsers()
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (index, participant) in _configuration.Participants.Index())
            if (participant.Credentials?.Basic is { } basic && !first.TryAdd(basic.User, participant.Id))
                _errors.Add($"$.participants[{index}].credentials.basic.user", $"'{basic.User}' is the user of {first[basic.User]} already",
                    "Give each participant a user of its own");
    }

    void CheckProfile(string path, PartnerProfile profile)
    {
        if (profile is { Wire: WireStrictness.Lenient, Accept.Count: > 0 })
            _errors.Add($"{path}.accept", "a lenient profile accepts every deviation", "Remove it, or set wire to strict");
        if (profile is { Wire: WireStrictness.Strict, Refuse.Count: > 0 })
            _errors.Add($"{path}.refuse", "a strict profile refuses every deviation", "Remove it, or set wire to lenient");
    }

    void CheckQuotas(string path, QuotaSettings quotas)
    {
        (string Name, long? Value)[] numbers =
        [
            ("concurrentTransfers", quotas.ConcurrentTransfers), ("bytesInFlight", quotas.BytesInFlight), ("spoolBytes", quotas.SpoolBytes),
            ("bytesPerDay", quotas.BytesPerDay), ("requestsPerSecond", quotas.RequestsPerSecond),
        ];
        foreach (var (name, value) in numbers)
        {
            if (value < 1)
                _errors.Add($"{path}.{name}", $"{value} lets nothing through", "Use 1 or more, or leave it out for no limit of its own");
        }
    }

    void CheckForwarding(string path, ParticipantSettings participant, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0 && participant.Kind != ParticipantKind.Gateway)
            _errors.Add(path, "only a participant of kind gateway may act for others", "Set kind to gateway, or remove it");
        foreach (var (index, id) in ids.Index())
            if (id != Any) CheckReference($"{path}[{index}]", id, ParticipantIds, "participants");
    }

    void CheckInterfaces()
    {
        CheckUnique("$.interfaces", _configuration.Interfaces, item => item.Id, "id");
        foreach (var (index, item) in _configuration.Interfaces.Index())
        {
            var path = $"$.interfaces[{index}]";
            CheckId($"{path}.id", item.Id);
            CheckUnique($"{path}.versions", item.Versions, version => version.Version, "version");
            foreach (var (number, version) in item.Versions.Index())
                if (version.EffectiveUntil < version.EffectiveFrom)
                    _errors.Add($"{path}.versions[{number}].effectiveUntil", "it lies before effectiveFrom",
                        "Exchange or correct the dates");
        }
    }
}
