namespace LinkGateway.Contract.Operator;

/// <summary>What goes first, what waits, and for whom.</summary>
public sealed record DispatchStatus
{
    /// <summary>The mode in force: normal, disaster or recovery.</summary>
    public required string Mode { get; init; }

    /// <summary>The classes in the order of that mode.</summary>
    public required IReadOnlyList<ClassLoad> Classes { get; init; }

    /// <summary>Destinations that do not get all that is due.</summary>
    public required IReadOnlyList<DestinationStatus> Destinations { get; init; }
}
