namespace LinkGateway.Client.Receiving;

/// <summary>A job that remembers what it was told.</summary>
sealed class FakeJob : IReceivingJob
{
    /// <summary>The facts of each run.</summary>
    public List<IReadOnlyDictionary<string, string>> Runs { get; } = [];

    /// <summary>What it does, by the number of the run from 1.</summary>
    public Func<int, JobResult> Work { get; set; } = _ => new JobResult { ExitCode = 0, Accepted = 7, Rejected = 0 };

    public Task<JobResult> RunAsync(IReadOnlyDictionary<string, string> facts)
    {
        Runs.Add(facts);
        return Task.FromResult(Work(Runs.Count));
    }
}
