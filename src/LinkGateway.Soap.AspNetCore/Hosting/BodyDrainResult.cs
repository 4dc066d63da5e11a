namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>How far the draining of a body came.</summary>
enum BodyDrainResult
{
    /// <summary>To the body's end, or the sender went away.</summary>
    Ended,

    /// <summary>To drainBytes or drainTime.</summary>
    LimitReached,

    /// <summary>Nowhere: as many drains as allowed were running.</summary>
    TooMany,
}
