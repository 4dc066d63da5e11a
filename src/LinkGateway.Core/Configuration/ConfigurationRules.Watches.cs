using LinkGateway.Contract.Watching;
using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <content>Watched folders.</content>
sealed partial class ConfigurationRules
{
    const string ReceiverGroup = "(?<receiver>";

    static readonly TimeSpan LongestStable = TimeSpan.FromDays(1);
    static readonly TimeSpan LongestBetweenLooks = TimeSpan.FromHours(1);

    void CheckWatches()
    {
        CheckUnique("$.watches", _configuration.Watches, watch => watch.Id, "id");
        foreach (var (index, watch) in _configuration.Watches.Index()) CheckWatch($"$.watches[{index}]", watch);
    }

    void CheckWatch(string path, WatchSettings watch)
    {
        CheckId($"{path}.id", watch.Id);
        CheckWatchedOrigin($"{path}.origin", watch.Origin);
        CheckReference($"{path}.interface", watch.Interface, InterfaceIds, "interfaces");
        CheckWatchedReceivers(path, watch);
        CheckWatchedNames(path, watch);
        CheckWatchedFolders(path, watch);
        CheckSpan($"{path}.stableFor", watch.StableFor, LongestStable);
        CheckSpan($"{path}.lookEvery", watch.LookEvery, LongestBetweenLooks);
        CheckCount($"{path}.filesInFlight", watch.FilesInFlight, 1, MaxFilesInFlight);
        CheckSchedule($"{path}.schedule", watch.Schedule);
    }

    void CheckWatchedOrigin(string path, string origin)
    {
        CheckReference(path, origin, ParticipantIds, "participants");
        if (_configuration.Participants.Any(participant => participant.Id == origin && participant.Kind == ParticipantKind.Operator))
            _errors.Add(path, $"'{origin}' is an operator, who sends nothing", "Name the participant whose files these are");
    }

    void CheckWatchedReceivers(string path, WatchSettings watch)
    {
        if (watch.Receivers.Count == 0 && watch.NamePattern?.Contains(ReceiverGroup, StringComparison.Ordinal) != true)
            _errors.Add($"{path}.receivers", "there is none", "Name at least one, or give namePattern a group named receiver");
        foreach (var (index, receiver) in watch.Receivers.Index())
        {
            CheckReference($"{path}.receivers[{index}]", receiver, ParticipantIds, "participants");
            if (!_configuration.Routes.Any(route => (route.Origin == watch.Origin || route.Origin == Any)
                && route.Interface == watch.Interface && route.Receiver == receiver))
                _errors.Add($"{path}.receivers[{index}]",
                    $"no route leads from {watch.Origin} by {watch.Interface} to {receiver}", "Add the route, or correct the watch");
        }
    }

    void CheckWatchedNames(string path, WatchSettings watch)
    {
        if (watch.Files.Count == 0) _errors.Add($"{path}.files", "there is none", """Name at least one, such as "*.csv" """.TrimEnd());
        foreach (var (index, pattern) in watch.Files.Index())
            if (pattern.Length == 0 || pattern.AsSpan().ContainsAny('/', '\\'))
                _errors.Add($"{path}.files[{index}]", $"'{pattern}' is no name of a file", "Write names without folders, such as *.csv");
        if (watch.MarkerSuffix.Length == 0 || watch.MarkerSuffix.AsSpan().ContainsAny('/', '\\'))
            _errors.Add($"{path}.markerSuffix", "it is no end of a name", "Write it such as .end");
        if (watch.NamePattern is { } text && !NameFields.TryParse(text, out _, out var problem))
            _errors.Add($"{path}.namePattern", problem, "Correct the expression; it may neither look around nor refer back");
    }

    void CheckWatchedFolders(string path, WatchSettings watch)
    {
        if (watch.Afterwards == AfterSending.Move && watch.DoneFolder is null)
            _errors.Add($"{path}.doneFolder", "afterwards is move, but where to is not stated", "State doneFolder");
        foreach (var (name, folder) in new[] { ("doneFolder", watch.DoneFolder), ("errorFolder", watch.ErrorFolder) })
            if (folder is not null && _configuration.Watches.Any(other => other.Folder == folder))
                _errors.Add($"{path}.{name}", "it is a watched folder: what is put there would be sent again", "Use a folder of its own");
        if (_configuration.Destinations.Any(destination => destination is FolderDestination { Path: var used } && used == watch.Folder))
            _errors.Add($"{path}.folder", "it is the folder of a destination: what arrives there would be sent again",
                "Use another folder");
    }

    void CheckSpan(string path, TimeSpan value, TimeSpan longest)
    {
        if (value < TimeSpan.FromSeconds(1) || value > longest)
            _errors.Add(path, $"{value:c} is out of bounds", $"Use 00:00:01 to {longest:c}");
    }

    HashSet<string> InterfaceIds => _configuration.Interfaces.Select(known => known.Id).ToHashSet(StringComparer.Ordinal);
}
