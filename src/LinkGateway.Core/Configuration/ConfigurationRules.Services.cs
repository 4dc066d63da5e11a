using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Configuration;

/// <content>Synchronous services: their bindings, destinations, routes and callbacks.</content>
sealed partial class ConfigurationRules
{
    const int MaxConcurrency = 10_000;

    void CheckServices()
    {
        CheckPublicUrl();
        CheckUnique("$.interfaces", _configuration.Interfaces, item => item.Service?.Name, "service.name");
        foreach (var (index, item) in _configuration.Interfaces.Index())
            CheckBinding($"$.interfaces[{index}]", item);
        foreach (var (index, participant) in _configuration.Participants.Index())
            CheckCallback($"$.participants[{index}].callback", participant);
        CheckReceiversAreDistinct();
    }

    void CheckPublicUrl()
    {
        if (_configuration.Gateway.PublicUrl is not { } url) return;
        if (CheckUrl("$.gateway.publicUrl", url, allowPlainHttp: false) && url.PathAndQuery != "/")
            _errors.Add("$.gateway.publicUrl", $"'{url.PathAndQuery}' stands after the port", "Write scheme, host and port only");
    }

    void CheckBinding(string path, LinkageInterface item)
    {
        foreach (var (number, version) in item.Versions.Index())
            if (version.Wsdl is not null && item.Service is null)
                _errors.Add($"{path}.versions[{number}].wsdl", "the interface has no service", "Add service, or remove it");
        if (item.Service is null && item.Kinds.Contains(FileKind.Message))
            _errors.Add($"{path}.kinds", "messages are for interfaces with a service", "Remove it, or add service");
        if (item.Service is not { } service) return;
        if (item.Kinds.Any(kind => kind != FileKind.Message))
            _errors.Add($"{path}.kinds", "an interface with a service takes messages only", "Remove it");
        CheckId($"{path}.service.name", service.Name);
        if (_configuration.Catalogue is null)
            _errors.Add($"{path}.service", "there is no catalogue to find its contract in", "Add \"catalogue\": { \"folder\": \"wsdl\" }");
    }

    void CheckCallback(string path, ParticipantSettings participant)
    {
        if (participant.Callback is not { } id) return;
        CheckReference(path, id, _configuration.Destinations.Select(destination => destination.Id).ToHashSet(StringComparer.Ordinal),
            "destinations");
        if (_configuration.Destinations.Any(destination => destination.Id == id && destination is not ServiceDestination))
            _errors.Add(path, $"'{id}' is no destination of kind service", "Name one that replies can be posted to");
        if (_configuration.Gateway.PublicUrl is null)
            _errors.Add("$.gateway.publicUrl", "it is needed where a participant has a callback",
                "Add the address by which receivers reach this gateway");
    }

    // The address names an organisation and a service: it must lead to one receiver.
    void CheckReceiversAreDistinct()
    {
        var interfaces = _configuration.Interfaces.Where(item => item.Service is not null).Select(item => item.Id).ToHashSet();
        var codes = _configuration.Participants.DistinctBy(participant => participant.Id)
            .ToDictionary(participant => participant.Id, participant => participant.OrganisationCode);
        var first = new Dictionary<(string Origin, string Interface, string Code), (string Receiver, int Index)>();
        foreach (var (index, route) in _configuration.Routes.Index())
        {
            if (!interfaces.Contains(route.Interface) || !codes.TryGetValue(route.Receiver, out var stated)) continue;
            if (!OrganisationCode.TryParse(stated, out var code))
            {
                if (stated is null)
                    _errors.Add($"$.routes[{index}].receiver",
                        $"'{route.Receiver}' has no organisationCode, by which services are addressed", "Add it to the participant");
                continue;
            }
            var key = (route.Origin, route.Interface, code.ToString());
            if (!first.TryAdd(key, (route.Receiver, index)) && first[key].Receiver != route.Receiver)
                _errors.Add($"$.routes[{index}].receiver",
                    $"$.routes[{first[key].Index}] leads the same address to '{first[key].Receiver}'",
                    "Keep one receiver for a service of an organisation");
        }
    }

    void CheckService(string path, RouteSettings route)
    {
        var item = _configuration.Interfaces.FirstOrDefault(candidate => candidate.Id == route.Interface);
        var destinations = _configuration.Destinations.Select(destination => destination.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, id) in route.Alternates.Index())
        {
            CheckReference($"{path}.alternates[{index}]", id, destinations, "destinations");
            CheckIsFor($"{path}.alternates[{index}]", id, item);
        }
        CheckIsFor($"{path}.destination", route.Destination, item);
    }

    void CheckIsFor(string path, string id, LinkageInterface? item)
    {
        var destination = _configuration.Destinations.FirstOrDefault(candidate => candidate.Id == id);
        if (item is null || destination is null) return;
        if (item.Service is not null && destination is FolderDestination)
            _errors.Add(path, $"a call of '{item.Id}' cannot go to a folder", "Name a destination of kind service or gateway");
        if (item.Service is not null && destination is ReceiverDestination)
            _errors.Add(path, $"a call of '{item.Id}' cannot go to a receiver of files", "Name a destination of kind service or gateway");
        if (item.Service is not null && destination is InboxDestination)
            _errors.Add(path, $"a call of '{item.Id}' cannot go to an inbox", "Name a destination of kind service or gateway");
        if (item.Service is null && destination is ServiceDestination)
            _errors.Add(path, $"a file of '{item.Id}' cannot go to a service",
                "Name a destination of kind folder, inbox, receiver or gateway");
    }

    void CheckServiceDestination(string path, ServiceDestination destination)
    {
        CheckUrl($"{path}.url", destination.Url, destination.AllowPlainHttp);
        if (destination.Credentials is { } credentials) CheckOutbound($"{path}.credentials", credentials);
        CheckCount($"{path}.concurrency", destination.Concurrency, 1, MaxConcurrency);
        CheckCount($"{path}.queue", destination.Queue, 0, MaxConcurrency);
        CheckWaitAt($"{path}.queueTime", destination.QueueTime);
        CheckWaitAt($"{path}.connectTime", destination.ConnectTime);
        CheckWaitAt($"{path}.silence", destination.Silence);
        var breaker = destination.Breaker;
        if (breaker.FailureRatio is not (> 0 and <= 1))
            _errors.Add($"{path}.breaker.failureRatio", $"{breaker.FailureRatio} is out of bounds", "Use more than 0 and at most 1");
        CheckCount($"{path}.breaker.calls", breaker.Calls, 2, MaxConcurrency);
        CheckWaitAt($"{path}.breaker.window", breaker.Window);
        CheckWaitAt($"{path}.breaker.pause", breaker.Pause);
        foreach (var (name, value) in new[] { ("window", breaker.Window), ("pause", breaker.Pause) })
            if (value > TimeSpan.Zero && value < TimeSpan.FromMilliseconds(500))
                _errors.Add($"{path}.breaker.{name}", $"{value:c} is out of bounds", "Use at least 00:00:00.5");
    }

    void CheckCount(string path, int value, int least, int most)
    {
        if (value < least || value > most) _errors.Add(path, $"{value} is out of bounds", $"Use {least} to {most}");
    }

    void CheckWaitAt(string path, TimeSpan value)
    {
        if (value <= TimeSpan.Zero) _errors.Add(path, $"{value:c} is not positive", "Use a time such as 00:01:00");
        if (value > TimeSpan.FromDays(1)) _errors.Add(path, $"{value:c} is out of bounds", "Use at most 1.00:00:00");
    }
}
