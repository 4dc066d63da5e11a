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
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<bool> isReady)
    {
        routes.MapGet("/health/live", () => Answer(healthy: true));
        routes.MapGet("/health/ready", () => Answer(isReady()));
    }

    static IResult Answer(bool healthy) => Results.Text(
        healthy ? """{"status":"ok"}""" : """{"status":"unavailable"}""", "application/json", statusCode: healthy ? 200 : 503);
}
