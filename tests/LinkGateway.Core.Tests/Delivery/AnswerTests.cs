using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.Receivers;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>What counts as an answer of a destination, and what says nothing of it.</summary>
public sealed class AnswerTests
{
    const string Gateway = "to-gw-b";

    static readonly byte[] Large = Bytes(3 * ChunkSize);

    [Theory]
    [InlineData(Gateway)]
    [InlineData("folder")]
    [InlineData(ReceiverConfiguration.Destination)]
    public async Task A_first_part_that_it_takes_ends_the_outage_while_the_rest_is_still_on_its_way(string destination)
    {
        await using var world = WorldWith(destination);
        await using var next = NextOf(world);
        var goOn = StopAfterFirstChunk(world);
        LeaveAlone(world, destination);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", Large), Large, chunkSize: ChunkSize);

        // The one that tries it may be the largest of the night.
        await world.DriveAsync(
            () => !world.Services.Health.IsOpen(destination) && world.Services.Notices.Current.Count == 0, "the end of the outage");

        Assert.Equal(DeliveryState.Sending, (await world.DeliveryAsync(Identity("a"))).State);
        goOn.SetResult();
        await world.DriveAsync(Identity("a"), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "its end");
    }

    [Fact]
    public async Task What_waits_for_it_goes_while_the_large_file_that_tried_it_is_still_under_way()
    {
        await using var world = WorldWith(Gateway);
        await using var next = NextOf(world);
        var goOn = StopAfterFirstChunk(world);
        LeaveAlone(world, Gateway);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("large", Large), Large, chunkSize: ChunkSize);
        await world.DriveAsync(Identity("large"), DeliveryState.Sending);

        await world.SubmitAsync(Manifest("small"), Bytes(10));

        await world.DriveAsync(Identity("small"), DeliveryState.HandedOver);
        Assert.Equal(DeliveryState.Sending, (await world.DeliveryAsync(Identity("large"))).State);
        goOn.SetResult();
        await world.DriveAsync(Identity("large"), DeliveryState.HandedOver);
    }

    [Fact]
    public async Task A_file_that_lies_in_a_folder_and_is_held_for_its_set_is_an_answer_of_the_folder()
    {
        await using var world = new CoreWorld();

        // It is not left alone: so nobody waits for a first part.
        Assert.False(world.Services.Health.Missed("folder", world.Services.Now));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a") with { SetId = "s", SetIndex = 1, SetCount = 2 }, Bytes(10));

        await world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Held, LastErrorText: not null }, "held");

        Assert.Empty(world.Services.Health.DownSince(world.Services.Now));
    }

    [Theory]
    [InlineData("Submit", FileOutcome.Unknown, 3600, "still working")]
    [InlineData("Status", FileOutcome.Unknown, 3600, "still working")]
    [InlineData("Submit", "OK", null, "'OK'")]
    public async Task A_receiver_that_answers_without_saying_whether_it_stored_the_file_is_there_all_the_same(
        string at, string outcome, int? retryAfterSeconds, string text)
    {
        await using var world = new CoreWorld(configuration: ReceiverConfiguration.With(offersStatus: true));
        world.Receiving.Fault = call => call == "Submit" && at == "Status" ? new PeerFault.AnswerLost() : null;
        world.Receiving.Answer = (call, result) => call == at
            ? new FileResult { Outcome = outcome, RetryAfterSeconds = retryAfterSeconds }
            : result;
        LeaveAlone(world, ReceiverConfiguration.Destination);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", Large), Large);

        var doubt = await world.DriveAsync(
            Identity("a"), delivery => delivery.LastErrorText?.Contains(text, StringComparison.Ordinal) == true, text);

        Assert.Equal(DeliveryState.InDoubt, doubt.State);
        Assert.False(world.Services.Health.IsOpen(ReceiverConfiguration.Destination));
        Assert.Empty(world.Services.Notices.Current);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_that_fails_says_nothing_of_the_folder_and_a_file_system_that_fails_does(bool isJournal)
    {
        await using var world = new CoreWorld();
        var failures = 0;
        if (isJournal)
        {
            world.Journal.BeforeCommit = batch =>
            {
                if (batch.Deliveries.Any(row => row.State == DeliveryState.Publishing) && Interlocked.Increment(ref failures) == 1)
                    throw new StorageException(StorageFailure.Full, "told to") { IsJournal = true };
            };
        }
        else
        {
            world.Files.Fault = operation => operation.Kind == FileOperationKind.Create && Interlocked.Increment(ref failures) == 1
                ? StorageFailure.Full
                : null;
        }

        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        // Were it counted, a disk of the gateway that is full would have all folders left alone, and operators look in the wrong place.
        await world.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-5002", "a retry");
        var down = world.Services.Health.DownSince(world.Services.Now).Select(one => one.DestinationId);
        string[] expected = isJournal ? [] : ["folder"];
        Assert.Equal(expected, down);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    static CoreWorld WorldWith(string destination) => new(configuration: json =>
    {
        if (destination == Gateway) RouteTo(json, "gw-b");
        if (destination == ReceiverConfiguration.Destination) ReceiverConfiguration.With("chunks")(json);
    });

    static CoreWorld NextOf(CoreWorld world)
    {
        var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        world.ConnectTo(next);
        return next;
    }

    /// <summary>Lets nothing of a file but its first chunk be read until the test says so.</summary>
    static TaskCompletionSource StopAfterFirstChunk(CoreWorld world)
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Store.BeforeRead = (_, offset) => offset < ChunkSize ? ValueTask.CompletedTask : new ValueTask(goOn.Task);
        return goOn;
    }

    /// <summary>Lets a destination be missed until it is left alone, and operators are told.</summary>
    static void LeaveAlone(CoreWorld world, string id)
    {
        var destination = world.Services.Configuration.Current.Configuration.Destinations.First(item => item.Id == id);
        while (!world.Services.Health.IsOpen(id)) new DestinationWatch(world.Services).Missed(destination, "no route to host");
        Assert.Single(world.Services.Notices.Current);
    }
}
