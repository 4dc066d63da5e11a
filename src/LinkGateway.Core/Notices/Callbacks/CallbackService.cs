using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>Tells every participant that has registered a service what became of its files; a dead one holds up no other.</summary>
/// <param name="services">The ports.</param>
/// <param name="origins">The services.</param>
/// <param name="events">Told of what happens.</param>
public sealed class CallbackService(CoreServices services, IOriginServices origins, INoticeEvents events)
{
    /// <summary>Runs until cancelled; follows the configuration as it changes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One that has none any more does not get, when it has one again, what happened in between.
        foreach (var participant in Participants.Where(one => one.Notices is null))
            await ForgetAsync(participant.Id, cancellationToken);
        var feeds = new FeedSet<ParticipantSettings>(
            services.Scheduler,
            participant => participant.Id,
            (participant, stop) => new CallbackFeed(services, participant, origins, events).RunAsync(stop),
            ForgetAsync,
            events.Troubled);
        await feeds.RunAsync(() => Participants.Where(participant => participant.Notices is not null), cancellationToken);
    }

    IReadOnlyList<ParticipantSettings> Participants => services.Configuration.Current.Configuration.Participants;

    async ValueTask ForgetAsync(string participantId, CancellationToken cancellationToken)
    {
        services.Notices.Clear(NoticeKind.CallbackDown, participantId);
        try
        {
            var key = CallbackCursor.Key(participantId);
            if (await services.Journal.PeerCursorAsync(key, cancellationToken) is not { Length: > 0 }) return;
            var batch = new JournalBatch();
            batch.PeerCursors.Add((key, ""));
            await services.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (StorageException e)
        {
            events.Troubled(e);
        }
    }
}
