using LinkGateway.Core.Dispatch;

namespace LinkGateway.Core.Tests.Dispatch;

/// <summary>Caps hold also while many attempts turn to another destination at once.</summary>
public sealed class RunningDeliveriesTests
{
    [Fact]
    public void Of_many_that_turn_to_a_destination_at_once_only_so_many_do_as_its_cap_lets()
    {
        const int most = 3;
        var running = new RunningDeliveries();
        string[] attempts = [.. Enumerable.Range(0, 64).Select(i => $"d{i}")];
        foreach (var id in attempts) running.Enter(id, new RunningDelivery("general", Urgent: false, Route: null, "main"));
        var turned = 0;

        Parallel.ForEach(attempts, id =>
        {
            if (running.TryTurn(id, "alternate", most)) Interlocked.Increment(ref turned);
        });

        Assert.Equal(most, turned);
        Assert.Equal(most, running.To("alternate"));
        Assert.Equal(attempts.Length - most, running.To("main"));
    }

    [Fact]
    public void One_that_is_there_already_stays_there()
    {
        var running = new RunningDeliveries();
        running.Enter("d", new RunningDelivery("general", Urgent: false, Route: null, "main"));

        Assert.True(running.TryTurn("d", "main", 1));

        Assert.Equal(1, running.To("main"));
    }
}
