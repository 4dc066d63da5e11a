using LinkGateway.Client.Receiving;
using LinkGateway.Contract.Jobs;
using LinkGateway.Core.Jobs;

namespace LinkGateway.Server.Jobs;

/// <summary>Runs jobs as processes.</summary>
/// <param name="folder">Where jobs may leave their results.</param>
/// <param name="output">Told each line that a job writes, by the id of its delivery.</param>
sealed class ProcessJobRunner(string folder, Action<string, string> output) : IJobRunner
{
    public async Task<JobEnd?> RunAsync(JobOrder order, CancellationToken cancellationToken)
    {
        var result = Path.Combine(folder, order.DeliveryId + ".result");
        var facts = new Dictionary<string, string>(order.Facts) { [JobFacts.ResultFile] = result };
        var job = new CommandJob(order.Command, line => output(order.DeliveryId, line), JobEnvironment.IsInherited, order.TimeLimit);
        try
        {
            File.Delete(result);
            var end = await job.RunAsync(facts, cancellationToken);
            return new JobEnd
            {
                ExitCode = end.ExitCode,
                Accepted = end.Accepted,
                Rejected = end.Rejected,
                Errors = end.Errors,
                Reference = end.Reference,
            };
        }
        catch (IOException e)
        {
            output(order.DeliveryId, e.Message);
            return null;
        }
        finally
        {
            File.Delete(result);
        }
    }
}
