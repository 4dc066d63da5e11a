using LinkGateway.Contract.Notices;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Notices;

/// <summary>
/// What is to be told and cannot be written down at present: when the journal fails, people must know of it all the same. Thread-safe.
/// </summary>
sealed class NoticeOutbox
{
    volatile IReadOnlyList<Notice> _unwritten = [];

    /// <summary>Pulses when there is something to tell.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>Stages that do not stand in the journal yet.</summary>
    public IReadOnlyList<Notice> Unwritten => _unwritten;

    /// <summary>Says what stands nowhere else; empty when all is written.</summary>
    public void Offer(IReadOnlyList<Notice> unwritten)
    {
        _unwritten = unwritten;
        Changed.Pulse();
    }
}
