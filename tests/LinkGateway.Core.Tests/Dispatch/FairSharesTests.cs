using LinkGateway.Core.Dispatch;

namespace LinkGateway.Core.Tests.Dispatch;

public sealed class FairSharesTests
{
    readonly FairShares _shares = new();

    [Fact]
    public void Each_gets_what_its_weight_says()
    {
        Dictionary<string, int> weights = new() { ["a"] = 1, ["b"] = 2, ["c"] = 5 };
        var served = Serve(weights, 8 * 20);

        Assert.Equal([("a", 20), ("b", 40), ("c", 100)], served.Order());
    }

    [Fact]
    public void What_costs_more_comes_less_often()
    {
        var served = new Dictionary<string, int> { ["dear"] = 0, ["cheap"] = 0 };
        for (var i = 0; i < 110; i++)
        {
            var who = served.Keys.MinBy(_shares.StartOf)!;
            _shares.Serve(who, who == "dear" ? 10 : 1, 1);
            served[who]++;
        }

        Assert.InRange(served["dear"], 9, 11);
    }

    [Fact]
    public void Who_was_away_has_saved_up_nothing_and_is_served_at_once()
    {
        Serve(new() { ["busy"] = 1 }, 1000);

        Assert.Equal("new", new[] { "busy", "new" }.MinBy(_shares.StartOf));
        Assert.Equal([("busy", 50), ("new", 50)], Serve(new() { ["busy"] = 1, ["new"] = 1 }, 100).Order());
    }

    [Fact]
    public void Whoever_is_even_is_forgotten_and_nothing_changes_by_that()
    {
        for (var i = 0; i < 100; i++) _shares.Serve($"{i}", 1, 1);
        var before = Enumerable.Range(0, 100).Select(i => _shares.StartOf($"{i}")).ToList();
        _shares.Prune();
        Assert.Equal(before, Enumerable.Range(0, 100).Select(i => _shares.StartOf($"{i}")));
    }

    List<(string Who, int Times)> Serve(Dictionary<string, int> weights, int times)
    {
        var served = weights.Keys.ToDictionary(who => who, _ => 0);
        for (var i = 0; i < times; i++)
        {
            var who = weights.Keys.MinBy(_shares.StartOf)!;
            _shares.Serve(who, 1, weights[who]);
            served[who]++;
        }

        return [.. served.Select(pair => (pair.Key, pair.Value))];
    }
}
