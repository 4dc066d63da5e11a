namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>Two gateways for the tests of a class that neither stop nor change them.</summary>
public sealed class SharedGateways : IAsyncLifetime
{
    internal TwoGateways Both { get; private set; } = null!;

    public async Task InitializeAsync() => Both = await TwoGateways.StartAsync();

    public Task DisposeAsync()
    {
        Both.Dispose();
        return Task.CompletedTask;
    }
}
