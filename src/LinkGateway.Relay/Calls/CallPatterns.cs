namespace LinkGateway.Relay.Calls;

/// <summary>The exchange patterns, as the call record names them.</summary>
static class CallPatterns
{
    public const string Synchronous = "synchronous";
    public const string OneWay = "oneWay";
    public const string Asynchronous = "asynchronous";
    public const string Reply = "reply";
}
