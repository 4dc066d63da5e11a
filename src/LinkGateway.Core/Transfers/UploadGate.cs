using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Intake;

namespace LinkGateway.Core.Transfers;

/// <summary>Counts the uploads that run, lets no more in than allowed, and tells whether stages pay.</summary>
sealed class UploadGate(CoreServices services, IntakeGate intake)
{
    readonly int _cores = services.Cores;
    int _running;

    /// <summary>Enters; dispose the pass when the upload has ended.</summary>
    public Outcome<Pass> Enter(LimitSettings limits)
    {
        if (intake.RefuseAttachment(limits) is { } refused) return refused;
        if (Interlocked.Increment(ref _running) <= limits.ConcurrentUploads) return new Pass(this);
        Interlocked.Decrement(ref _running);
        return intake.TooMany("limits.concurrentUploads", limits.ConcurrentUploads);
    }

    /// <summary>One upload that runs.</summary>
    public sealed class Pass(UploadGate gate) : IDisposable
    {
        /// <summary>True while there are fewer uploads than cores: then hashes and writes run beside the receiver.</summary>
        public bool Staged => Volatile.Read(ref gate._running) < gate._cores;

        public void Dispose() => Interlocked.Decrement(ref gate._running);
    }
}
