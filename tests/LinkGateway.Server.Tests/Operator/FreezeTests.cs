using LinkGateway.Contract.Operator;

namespace LinkGateway.Server.Tests.Operator;

/// <summary>What operators order about what is kept.</summary>
public sealed class FreezeTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_freeze_is_given_listed_and_lifted_and_nonsense_is_refused()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        var order = new StandingOrderRequest
        {
            Subject = StandingSubjects.Freezing + "case-7",
            Value = """{"origin":"kaoku"}""",
            Reason = "audit",
        };

        Assert.Equal("""{"origin":"kaoku"}""", (await client.GiveAsync(order, None)).Answered().After);
        Assert.Equal("freeze/case-7", Assert.Single((await client.StandingOrdersAsync(None)).Answered().InForce).Subject);
        Assert.Equal("LG-1003", (await client.GiveAsync(order with { Value = "{}" }, None)).Code());

        (await client.GiveAsync(order with { Value = null }, None)).Answered();
        Assert.Empty((await client.StandingOrdersAsync(None)).Answered().InForce);
    }
}
