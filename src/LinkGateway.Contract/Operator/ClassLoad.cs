namespace LinkGateway.Contract.Operator;

/// <summary>How a class of deliveries stands.</summary>
public sealed record ClassLoad
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its share in the present mode while other classes wait too.</summary>
    public required int Weight { get; init; }

    /// <summary>Whether it may use the workers that are kept for urgent classes.</summary>
    public bool Urgent { get; init; }

    /// <summary>Deliveries that may run at the same time; absent where only the workers limit it.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Deliveries that wait to be sent, now or later.</summary>
    public required long Waiting { get; init; }

    /// <summary>Deliveries that are under way.</summary>
    public required int Running { get; init; }
}
