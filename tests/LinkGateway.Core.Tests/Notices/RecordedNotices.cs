using System.Collections.Concurrent;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;

namespace LinkGateway.Core.Tests.Notices;

/// <summary>Takes notices as sinks do, with their faults, and remembers all that is told.</summary>
sealed class RecordedNotices : INoticeEvents, INoticeSender
{
    /// <summary>What sinks were handed, in order.</summary>
    public ConcurrentQueue<(string Sink, Notice Notice)> Handed { get; } = [];

    public ConcurrentQueue<Notice> Stages { get; } = [];

    /// <summary>Troubles, skips and outages, in words.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>What becomes of a notice at a sink; taken by default.</summary>
    public Func<string, Notice, NoticeSent> Answer { get; set; } = (_, _) => new NoticeSent(Taken: true, "");

    /// <summary>The stages that a sink has taken, in order.</summary>
    public IEnumerable<NoticeStage> TakenBy(string sink) =>
        Handed.Where(one => one.Sink == sink && Answer(sink, one.Notice).Taken).Select(one => one.Notice.Stage);

    public ValueTask<NoticeSent> SendAsync(NoticeSink sink, Notice notice, CancellationToken cancellationToken)
    {
        Handed.Enqueue((sink.Id, notice));
        return ValueTask.FromResult(Answer(sink.Id, notice));
    }

    public void Told(Notice notice) => Stages.Enqueue(notice);

    public void SinkFailed(string sinkId, string reason) => Said.Enqueue($"{sinkId} failed");

    public void SinkWorks(string sinkId) => Said.Enqueue($"{sinkId} works");

    public void Skipped(string sinkId, Notice notice, string reason) => Said.Enqueue($"{sinkId} skipped {notice.Stage}");

    public void CallbackFailed(string participantId, string reason) => Said.Enqueue($"{participantId} failed");

    public void CallbackWorks(string participantId) => Said.Enqueue($"{participantId} works");

    public void CallbackSkipped(string participantId, string what, string reason) => Said.Enqueue($"{participantId} skipped: {reason}");

    public void Troubled(Exception exception) => Said.Enqueue(exception.Message);
}
