namespace LinkGateway.Core.Configuration;

/// <content>Destinations and routes.</content>
sealed partial class ConfigurationRules
{
    const int MaxChunksInFlight = 64;
    const int MaxAttempts = 10_000;
    static readonly TimeSpan MinJobTime = TimeSpan.FromSeconds(1);
    static readonly TimeSpan MaxJobTime = TimeSpan.FromDays(7);
    static readonly TimeSpan MinLease = TimeSpan.FromSeconds(1);
    static readonly TimeSpan MaxLease = TimeSpan.FromDays(1);
    static readonly TimeSpan MaxRetryDelay = TimeSpan.FromDays(7);

    void CheckDestinations()
    {
        CheckUnique("$.destinations", _configuration.Destinations, destination => destination.Id, "id");
        foreach (var (index, destination) in _configuration.Destinations.Index())
        {
            var path = $"$.destinations[{index}]";
            CheckId($"{path}.id", destination.Id);
            CheckEnvironment($"{path}.environment", destination.Environment);
            CheckMaintenance(path, destination);
            CheckLoad(path, destination);
            if (destination is GatewayDestination gateway) CheckGatewayDestination(path, gateway);
            if (destination is ServiceDestination service) CheckServiceDestination(path, service);
            if (destination is ReceiverDestination receiver) CheckReceiverDestination(path, receiver);
            if (destination is InboxDestination inbox) CheckInbox(path, inbox);
            if (destination is FolderDestination { Jobs: { } jobs }) CheckJobs($"{path}.jobs", jobs);
        }
    }

    void CheckGatewayDestination(string path, GatewayDestination destination)
    {
        CheckUrl($"{path}.url", destination.Url, destination.AllowPlainHttp);
        if (destination.Gateway == _configuration.Gateway.Id)
            _errors.Add($"{path}.gateway", $"'{destination.Gateway}' is this gateway itself", "Name the gateway at url");
        else if (!_configuration.Receipts.Trust.Any(issuer => issuer.Gateway == destination.Gateway || IsPlaceholder(issuer.Gateway)))
            _errors.Add($"{path}.gateway", $"the receipts of '{destination.Gateway}' could not be verified",
                "Add its certificate to $.receipts.trust");

        CheckOutbound($"{path}.credentials", destination.Credentials);
        CheckCount($"{path}.chunksInFlight", destination.ChunksInFlight, 1, MaxChunksInFlight);
    }

    void CheckReceiverDestination(string path, ReceiverDestination destination)
    {
        CheckUrl($"{path}.url", destination.Url, destination.AllowPlainHttp);
        if (destination.Credentials is { } credentials) CheckOutbound($"{path}.credentials", credentials);
        CheckWaitAt($"{path}.silence", destination.Silence);
        CheckCount($"{path}.chunksInFlight", destination.ChunksInFlight, 1, MaxChunksInFlight);
    }

    void CheckOutbound(string path, OutboundCredentials credentials)
    {
        if (credentials.Basic is null == credentials.Certificate is null)
            _errors.Add(path, credentials.Basic is null ? "it holds neither basic nor certificate" : "it holds both basic and certificate",
                "State one of the two");
        CheckBasic($"{path}.basic", credentials.Basic);
        CheckSecretIsUsable($"{path}.basic.password", credentials.Basic?.Password);
        CheckCertificate($"{path}.certificate", credentials.Certificate);
    }

    void CheckJobs(string path, FolderJobs jobs)
    {
        CheckCommand($"{path}.onDelivered", jobs.OnDelivered);
        CheckCommand($"{path}.onError", jobs.OnError);
        if (jobs.TimeLimit < MinJobTime || jobs.TimeLimit > MaxJobTime)
            _errors.Add($"{path}.timeLimit", $"{jobs.TimeLimit:c} is out of bounds", $"Use {MinJobTime:c} to {MaxJobTime:c}");
    }

    // Which program a relative path or a bare name means would depend on how the gateway was started.
    void CheckCommand(string path, IReadOnlyList<string> command)
    {
        if (command.Count > 0 && !Path.IsPathFullyQualified(command[0]))
            _errors.Add($"{path}[0]", $"'{command[0]}' is no absolute path", "Write the program with its full path");
    }

    void CheckInbox(string path, InboxDestination destination)
    {
        if (destination.Lease < MinLease || destination.Lease > MaxLease)
            _errors.Add($"{path}.lease", $"{destination.Lease:c} is out of bounds", $"Use {MinLease:c} to {MaxLease:c}");
    }

    void CheckRoutes()
    {
        var participants = ParticipantIds;
        var interfaces = _configuration.Interfaces.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var destinations = _configuration.Destinations.Select(destination => destination.Id).ToHashSet(StringComparer.Ordinal);
        var first = new Dictionary<(string Origin, string Interface, string Receiver), int>();
        foreach (var (index, route) in _configuration.Routes.Index())
        {
            var path = $"$.routes[{index}]";
            if (route.Origin != Any) CheckReference($"{path}.origin", route.Origin, participants, "participants");
            CheckReference($"{path}.interface", route.Interface, interfaces, "interfaces");
            CheckReference($"{path}.receiver", route.Receiver, participants, "participants");
            CheckReference($"{path}.destination", route.Destination, destinations, "destinations");
            CheckEnvironment($"{path}.environment", route.Environment);
            CheckClass($"{path}.class", route.Class);
            CheckMost($"{path}.concurrency", route.Concurrency);
            CheckTimes(path, route);
            CheckWindow(path, route);
            CheckDeadline($"{path}.deadline", route);
            CheckService(path, route);
            CheckAlternates(path, route, destinations);
            if (IsPlaceholder(route.Origin) || IsPlaceholder(route.Interface) || IsPlaceholder(route.Receiver)) continue;
            var key = (route.Origin, route.Interface, route.Receiver);
            if (!first.TryAdd(key, index))
                _errors.Add(path, $"$.routes[{first[key]}] names the same origin, interface and receiver", "Keep one of them");
        }
    }

    void CheckAlternates(string path, RouteSettings route, HashSet<string> destinations)
    {
        foreach (var (index, id) in route.AlternateStores.Index())
            CheckReference($"{path}.alternateStores[{index}]", id, destinations, "destinations");
        IReadOnlyList<string> all = [route.Destination, .. route.Alternates, .. route.AlternateStores];
        foreach (var twice in all.GroupBy(id => id).Where(group => group.Count() > 1 && !IsPlaceholder(group.Key)))
            _errors.Add(path, $"it names the destination '{twice.Key}' more than once", "Name each once");
        if (_configuration.Interfaces.FirstOrDefault(candidate => candidate.Id == route.Interface) is not { } item) return;
        if (item.Service is not null)
        {
            if (route.AlternateStores.Count > 0)
                _errors.Add($"{path}.alternateStores", $"'{item.Id}' is a service, and calls are not stored", "Use alternates");
            return;
        }

        foreach (var (index, id) in route.Alternates.Index())
        {
            // Only another gateway can lead to the very same place, where the file's identity makes a second copy none.
            if (_configuration.Destinations.FirstOrDefault(candidate => candidate.Id == id) is { } way and not GatewayDestination)
                _errors.Add($"{path}.alternates[{index}]", $"'{way.Id}' is another place, not another way to the same place",
                    "Move it to alternateStores");
        }

        foreach (var (index, id) in route.AlternateStores.Index()) CheckIsFor($"{path}.alternateStores[{index}]", id, item);
        if (route.Alternates.Count > 0
            && _configuration.Destinations.Any(candidate => candidate.Id == route.Destination && candidate is not GatewayDestination))
            _errors.Add($"{path}.alternates", "there is no other way to a place that is reached directly", "Use alternateStores");
    }

    void CheckTimes(string path, RouteSettings route)
    {
        var retry = route.Retry;
        if (route.Retention is { } retention) CheckRetention($"{path}.retention", retention);
        if (route.ReturnAfter < TimeSpan.Zero || route.ReturnAfter > MaxRetryDelay)
            _errors.Add($"{path}.returnAfter", $"{route.ReturnAfter:c} is out of bounds", $"Use 00:00:00 to {MaxRetryDelay:c}");
        if (retry.Attempts is < 1 or > MaxAttempts)
            _errors.Add($"{path}.retry.attempts", $"{retry.Attempts} is out of bounds", $"Use 1 to {MaxAttempts}");
        if (retry.FirstDelay <= TimeSpan.Zero)
            _errors.Add($"{path}.retry.firstDelay", "it is not positive", "Use a time such as 00:00:05");
        if (retry.MaxDelay < retry.FirstDelay || retry.MaxDelay > MaxRetryDelay)
            _errors.Add($"{path}.retry.maxDelay", $"{retry.MaxDelay:c} is out of bounds",
                $"Use firstDelay ({retry.FirstDelay:c}) to {MaxRetryDelay:c}");
    }
}
