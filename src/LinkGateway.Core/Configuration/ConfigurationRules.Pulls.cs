using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <content>Pulls.</content>
sealed partial class ConfigurationRules
{
    const int MaxFilesInFlight = 64;

    void CheckPulls()
    {
        CheckUnique("$.pulls", _configuration.Pulls, pull => pull.Id, "id");
        foreach (var (index, pull) in _configuration.Pulls.Index())
        {
            var path = $"$.pulls[{index}]";
            CheckId($"{path}.id", pull.Id);
            CheckUrl($"{path}.url", pull.Url, pull.AllowPlainHttp);
            CheckPulledGateway($"{path}.gateway", pull.Gateway);
            CheckOutbound($"{path}.credentials", pull.Credentials);
            CheckCount($"{path}.chunksInFlight", pull.ChunksInFlight, 1, MaxChunksInFlight);
            CheckCount($"{path}.filesInFlight", pull.FilesInFlight, 1, MaxFilesInFlight);
            CheckSchedule($"{path}.schedule", pull.Schedule);
        }
    }

    void CheckPulledGateway(string path, string gateway)
    {
        CheckReference(path, gateway, ParticipantIds, "participants");
        if (_configuration.Participants.FirstOrDefault(participant => participant.Id == gateway) is { } known
            && known.Kind != ParticipantKind.Gateway)
            _errors.Add(path, $"'{gateway}' is no gateway", "Set its kind to gateway, and mayForwardFor to the origins");
        if (gateway == _configuration.Gateway.Id)
            _errors.Add(path, $"'{gateway}' is this gateway itself", "Name the gateway at url");
    }
}
