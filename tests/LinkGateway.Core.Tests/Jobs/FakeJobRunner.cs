using System.Collections.Concurrent;
using LinkGateway.Core.Jobs;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Tests.Jobs;

/// <summary>Runs nothing, and remembers what it was told.</summary>
sealed class FakeJobRunner : IJobRunner, IJobEvents
{
    public ConcurrentQueue<JobOrder> Orders { get; } = [];

    public ConcurrentQueue<Exception> Troubles { get; } = [];

    /// <summary>How a job ends, by its program and the number of the run from 1; it may never end.</summary>
    public Func<string, int, CancellationToken, Task<JobEnd?>> Work { get; set; } = (_, _, _) => Ends(0);

    public static Task<JobEnd?> Ends(int exitCode) => Task.FromResult<JobEnd?>(new JobEnd { ExitCode = exitCode });

    public Task<JobEnd?> RunAsync(JobOrder order, CancellationToken cancellationToken)
    {
        Orders.Enqueue(order);
        return Work(order.Command[0], Orders.Count, cancellationToken);
    }

    public void JobEnded(DeliveryRecord delivery, int? exitCode)
    {
    }

    public void JobsTroubled(Exception exception) => Troubles.Enqueue(exception);
}
