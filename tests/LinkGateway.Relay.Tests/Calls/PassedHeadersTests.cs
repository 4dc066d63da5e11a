using LinkGateway.Relay.Calls;

namespace LinkGateway.Relay.Tests.Calls;

/// <summary>Which HTTP headers go on with a message.</summary>
public sealed class PassedHeadersTests
{
    [Fact]
    public void Headers_that_the_connection_names_stay_with_it()
    {
        var passed = PassedHeaders.OfRequest(new Dictionary<string, string>
        {
            ["X-Hop"] = "1",
            ["Connection"] = "keep-alive, x-hop",
            ["X-End"] = "2",
        });

        Assert.Equal(["X-End"], passed.Select(header => header.Key));
    }

    [Theory]
    [InlineData("authorization")]
    [InlineData("Cookie")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Expect")]
    [InlineData("Host")]
    [InlineData("X-Forwarded-For")]
    [InlineData("LINKGATEWAY-ORIGIN")]
    [InlineData("Accept-Encoding")]
    public void What_is_meant_for_this_gateway_stays_here(string name) =>
        Assert.Empty(PassedHeaders.OfRequest(new Dictionary<string, string> { [name] = "x" }));

    [Theory]
    [InlineData("SOAPAction")]
    [InlineData("Accept-Language")]
    [InlineData("X-Own")]
    [InlineData("User-Agent")]
    public void What_is_meant_for_the_receiver_is_passed_on(string name) =>
        Assert.Single(PassedHeaders.OfRequest(new Dictionary<string, string> { [name] = "x" }));
}
