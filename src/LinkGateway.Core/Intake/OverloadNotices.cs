using System.Collections.Concurrent;
using LinkGateway.Core.Notices;

namespace LinkGateway.Core.Intake;

/// <summary>
/// Turns refusals into conditions: one that was refused for something raises it, and when nobody was for a while it is over. Thread-safe.
/// </summary>
sealed class OverloadNotices(NoticeBoard board)
{
    // A crowd comes in waves; a condition that ended between two of them would be told of twice.
    static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<(NoticeKind Kind, string Subject), DateTimeOffset> _last = new();

    /// <summary>Somebody was refused.</summary>
    public void Raise(NoticeKind kind, string subject, string text, DateTimeOffset now)
    {
        _last[(kind, subject)] = now;
        board.Raise(kind, subject, text);
    }

    /// <summary>Ends what nobody was refused for lately.</summary>
    public void Calmed(DateTimeOffset now)
    {
        foreach (var (key, last) in _last)
        {
            if (now - last < Calm || !_last.TryRemove(KeyValuePair.Create(key, last))) continue;
            board.Clear(key.Kind, key.Subject);
        }
    }
}
