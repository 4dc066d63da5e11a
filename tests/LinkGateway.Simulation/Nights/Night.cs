using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Sequences;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Network;
using LinkGateway.Simulation.Plants;
using LinkGateway.Simulation.Receivers;
using LinkGateway.Simulation.Senders;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Nights;

/// <summary>
/// One night: gateways, a sender and receivers, everything that goes wrong with them, and the morning in which all must be as promised.
/// </summary>
sealed class Night
{
    const long MaxSteps = 3_000_000;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(20);
    static readonly TimeSpan LongestMorning = TimeSpan.FromHours(8);

    readonly Dictionary<string, Host> _hosts = [];
    readonly Dictionary<string, Consignment> _consignments = [];
    readonly List<InboxReceiver> _inboxReceivers = [];
    readonly Topology _topology;
    readonly Sender _sender;
    readonly Operator _operator;

    public Night(ulong seed, Plant plant, TextWriter? trace)
    {
        (Seed, Plant) = (seed, plant);
        Dice = new Dice(seed);
        Loop = new Loop(Dice.Fork(), Dice.Pick<int>([1, 4, 1000])) { MaxSteps = MaxSteps };
        Trace = new Trace(Loop, trace);
        World = Loop.Begin("world");
        Wire = new Wire(this, Dice.Fork());
        _topology = Dice.Pick(Topology.All);

        // Of two places none knows what the other delivers. Not by the dice: nights without an order stay what they were.
        if (!_topology.HasStores) Order = (seed % 4) switch { 1 => RouteOrder.Interface, 3 => RouteOrder.Group, _ => RouteOrder.None };
        var onExists = Dice.Pick<OnExists>([OnExists.Refuse, OnExists.Number, OnExists.Replace]);
        foreach (var id in _topology.Gateways)
        {
            var host = new Host(this, id, _topology.Configure(id, onExists, Dice.Pick<int>([1, 4]), Order));
            foreach (var receiver in _topology.ReceiversAt(id))
                host.Receivers.Add(new FolderReceiver(host, receiver, Dice.Pick<double>([0, 0.5, 1])));
            foreach (var receiver in _topology.InboxesAt(id)) _inboxReceivers.Add(new InboxReceiver(this, Dice.Fork(), receiver, host));
            _hosts.Add(id, host);
        }

        // A set that may go to several places is gathered at none.
        var files = Dice.Between(1, 4);
        var inSet = files > 1 && !_topology.HasStores && Dice.Chance(0.3) ? Dice.Between(2, files) : 0;
        for (var i = 1; i <= files; i++) Plan($"t{i}", i <= inSet ? i : null, inSet);
        _operator = new Operator(this, Dice.Fork());
        _sender = new Sender(this, Dice.Fork(), Topology.Origin, _hosts[_topology.Entry], [.. _consignments.Values]);
    }

    public ulong Seed { get; }

    public Plant Plant { get; }

    /// <summary>In which order the receivers get the files.</summary>
    public RouteOrder Order { get; }

    public Dice Dice { get; }

    public Loop Loop { get; }

    public Trace Trace { get; }

    /// <summary>What never dies: the network, the hands that start things again, the receivers.</summary>
    public Life World { get; }

    public Wire Wire { get; }

    public NightReceipts Receipts { get; } = new();

    public IReadOnlyDictionary<string, Consignment> Consignments => _consignments;

    /// <summary>What was wrong first; null while all is well.</summary>
    public string? Failure { get; private set; }

    public Host HostOf(string gateway) => _hosts[gateway];

    public IPeer PlantedOver(IPeer peer) => Plant == Plant.ForgetInDoubt ? new ForgetfulPeer(peer) : peer;

    public void Fail(string text)
    {
        Trace.Write("night", $"FAILED: {text}");
        Failure ??= text;
        Loop.Stop();
    }

    /// <summary>Runs the night to its end.</summary>
    public NightResult Run()
    {
        Trace.Write("night", $"seed {Seed}, {_topology.Name}, order {Order}, {_consignments.Count} files");
        World.Start(DirectAsync);
        Loop.Run();
        Loop.Dispose();
        return new NightResult(Seed, Failure, Dice.Mix(Loop.Hash, Dice.State), Loop.Steps, Loop.Now);
    }

    /// <summary>A receiver has taken a file.</summary>
    public void Take(string transferId, string receiver, byte[] bytes)
    {
        if (!_consignments.TryGetValue(transferId, out var consignment)) Fail($"{receiver} was delivered {transferId}, which nobody sent");
        else if (!_topology.Receivers.Contains(receiver)) Fail($"{transferId} went to {receiver}, who is none of its receivers");
        else if (!bytes.AsSpan().SequenceEqual(consignment.Bytes)) Fail($"{receiver} has other bytes of {transferId} than were sent");
        else if (consignment.Take(receiver) > 1) Fail($"{receiver} has {transferId} twice");
        else if (consignment.Cancelled.Contains(receiver)) Fail($"{receiver} was delivered {transferId} after it was cancelled");
    }

    void Plan(string id, int? setIndex, int setCount)
    {
        var bytes = new byte[Dice.Pick<int>([0, 100, Topology.InlineBytes, 1500, Topology.ChunkSize, 5000, 9000])];
        Dice.Fill(bytes);
        var declared = Dice.Chance(0.5);
        _consignments.Add(id, new Consignment
        {
            Manifest = new Manifest
            {
                Origin = Topology.Origin,
                Receivers = _topology.Receivers,
                InterfaceId = Topology.Interface,
                TransferId = id,
                Kind = "full",
                Environment = "test",
                FileName = $"{id}.csv",
                OrderGroup = Order == RouteOrder.Group ? "group" : null,
                OrderSequence = Order == RouteOrder.Group ? _consignments.Count + 1 : null,
                SetId = setIndex is null ? null : "set",
                SetIndex = setIndex,
                SetCount = setIndex is null ? null : setCount,
                Size = declared ? bytes.Length : null,
                Sha256 = declared ? Sha256Digest.Of(bytes) : null,
            },
            Bytes = bytes,
            Sha256 = Sha256Digest.Of(bytes),
            ReadyAt = Dice.Span(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5)),
            InChunks = Dice.Chance(0.6),
        });
    }

    async Task DirectAsync()
    {
        try
        {
            var troubles = new Troubles(this, Dice.Fork(), [.. _hosts.Values], _topology, _sender, _operator, _inboxReceivers);
            foreach (var host in _hosts.Values)
            {
                host.Boot();
                foreach (var receiver in host.Receivers) World.Start(() => ReceiveAsync(receiver));
            }

            foreach (var receiver in _inboxReceivers) receiver.Start();
            _sender.Start();
            await troubles.RunAsync();
            await SettleAsync();
        }
        catch (Exception e)
        {
            Fail($"the night itself failed: {e}");
        }
    }

    async Task ReceiveAsync(FolderReceiver receiver)
    {
        while (true)
        {
            await Loop.DelayAsync(Dice.Span(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)), CancellationToken.None);
            receiver.TakeAll();
        }
    }

    async Task SettleAsync()
    {
        var until = Loop.Now + LongestMorning;
        while (Unsettled() is { } waiting)
        {
            if (Loop.Now > until)
            {
                Fail($"not settled after {LongestMorning}: {waiting}");
                return;
            }

            foreach (var host in _hosts.Values) _operator.Release(host);
            if (OnlyGapsAreLeft()) _operator.PassFirst([.. _hosts.Values]);
            await Loop.DelayAsync(Look, CancellationToken.None);
        }

        foreach (var host in _hosts.Values) host.Receivers.ForEach(receiver => receiver.TakeAll());
        Morning.Check(this, _topology, [.. _hosts.Values]);
        Loop.Stop();
    }

    // A number that never came: nothing but an operator ends the wait for it.
    bool OnlyGapsAreLeft() => _sender.IsDone && _hosts.Values.All(host => host.Rows.Deliveries.All(
        delivery => !Morning.IsPending(host, delivery) || SequenceOrder.IsWaiting(delivery) || delivery.State == DeliveryState.HandedOver));

    string? Unsettled()
    {
        if (!_sender.IsDone) return "the sender has not got rid of all";
        foreach (var host in _hosts.Values)
        {
            if (host.Current is null) return $"{host.Id} is down";
            foreach (var delivery in host.Rows.Deliveries)
            {
                if (Morning.IsPending(host, delivery))
                    return $"{host.Id}: delivery {delivery.DeliveryId} of {delivery.Transfer} is {delivery}";
            }
        }

        return null;
    }
}
