namespace LinkGateway.Server.Hosting;

/// <summary>Leaves signals to <see cref="Program"/>, which stops more than the web host, and in an order of its own.</summary>
sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
