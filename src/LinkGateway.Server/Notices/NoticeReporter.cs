using LinkGateway.Contract.Notices;
using LinkGateway.Core.Notices;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Notices;

/// <summary>Puts notices, and what becomes of telling them, into the log. Thread-safe.</summary>
/// <param name="logger">The log.</param>
sealed class NoticeReporter(ILogger<NoticeReporter> logger) : INoticeEvents
{
    public void Told(Notice notice)
    {
        var (affected, title) = (notice.Facts?.Deliveries ?? 0, notice.Title);
        if (notice.Stage == NoticeStage.Resolved)
            logger.NoticeResolved(notice.NoticeId, notice.Kind, title, notice.LastedSeconds ?? 0);
        else if (notice.Severity >= NoticeSeverity.Error)
            logger.NoticeError(notice.NoticeId, notice.Kind, notice.Stage, title, notice.Text, affected, notice.Act);
        else
            logger.NoticeWarning(notice.NoticeId, notice.Kind, notice.Stage, title, notice.Text, affected, notice.Act);
    }

    public void SinkFailed(string sinkId, string reason) => logger.SinkFailed(sinkId, reason);

    public void SinkWorks(string sinkId) => logger.SinkWorks(sinkId);

    public void Skipped(string sinkId, Notice notice, string reason) => logger.NoticeSkipped(sinkId, notice.NoticeId, notice.Stage, reason);

    public void CallbackFailed(string participantId, string reason) => logger.CallbackFailed(participantId, reason);

    public void CallbackWorks(string participantId) => logger.CallbackWorks(participantId);

    public void CallbackSkipped(string participantId, string what, string reason) => logger.CallbackSkipped(participantId, what, reason);

    public void Troubled(Exception exception) => logger.NoticesTroubled(exception);
}
