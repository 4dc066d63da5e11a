namespace LinkGateway.Server.Health;

/// <summary>
/// <c>/health/live</c> (the process answers) and <c>/health/ready</c> (it takes transfers), for load balancers and service managers.
/// Open to everybody, and so without any detail.
/// </summary>
static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="isReady">Whether transfers are taken.</param>
    /// <param name="withSeams">Whether the gateway was started with test seams: that must be seen wherever it is watched.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<bool> isReady, bool withSeams)
    {
        routes.MapGet("/health/live", () => Answer(healthy: true, withSeams));
        routes.MapGet("/health/ready", () => Answer(isReady(), withSeams));
    }

    static IResult Answer(bool healthy, bool withSeams)
    {
        var status = healthy ? "ok" : "unavailable";
        var seams = withSeams ? ",\"testSeams\":true" : "";
        return Results.Text($$"""{"status":"{{status}}"{{seams}}}""", "application/json", statusCode: healthy ? 200 : 503);
    }
}
