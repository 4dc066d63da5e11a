using LinkGateway.Contract.Notices;

namespace LinkGateway.Core.Notices;

/// <summary>What telling people tells the outside, for the log. Calls must return at once and not throw.</summary>
public interface INoticeEvents
{
    /// <summary>A stage of a notice was reached; whether it arrives anywhere is another matter.</summary>
    void Told(Notice notice);

    /// <summary>A sink has not taken a notice; told once until it takes one again.</summary>
    void SinkFailed(string sinkId, string reason);

    /// <summary>A sink takes notices again.</summary>
    void SinkWorks(string sinkId);

    /// <summary>A sink is not told of a notice: it refused it for good, or it could not be told for too long.</summary>
    void Skipped(string sinkId, Notice notice, string reason);

    /// <summary>An origin's service has not taken what it was told; told once until it takes something again.</summary>
    void CallbackFailed(string participantId, string reason);

    /// <summary>An origin's service takes what it is told again.</summary>
    void CallbackWorks(string participantId);

    /// <summary>An origin is not told of something: it does not want it, or could not be told for too long.</summary>
    void CallbackSkipped(string participantId, string what, string reason);

    /// <summary>Notices are in trouble; they are tried again.</summary>
    void Troubled(Exception exception);
}
