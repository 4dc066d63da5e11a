using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Transfers;

/// <summary>Counts the uploads that run, lets no more in than allowed, and tells whether stages pay.</summary>
sealed class UploadGate(CoreServices services)
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    readonly int _cores = services.Cores;
    int _running;

    /// <summary>Enters; dispose the pass when the upload has ended.</summary>
    public Outcome<Pass> Enter(int limit)
    {
        if (Interlocked.Increment(ref _running) <= limit) return new Pass(this);
        Interlocked.Decrement(ref _running);
        return new Refusal(ErrorCatalogue.Overloaded, $"limits.concurrentUploads = {limit}") { RetryAfter = RetryAfter };
    }

    /// <summary>One upload that runs.</summary>
    public sealed class Pass(UploadGate gate) : IDisposable
    {
        /// <summary>True while there are fewer uploads than cores: then hashes and writes run beside the receiver.</summary>
        public bool Staged => Volatile.Read(ref gate._running) < gate._cores;

        public void Dispose() => Interlocked.Decrement(ref gate._running);
    }
}
