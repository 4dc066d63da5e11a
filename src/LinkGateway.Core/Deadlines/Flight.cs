namespace LinkGateway.Core.Deadlines;

/// <summary>One file on its way to a destination. Thread-safe.</summary>
public sealed class Flight
{
    readonly Flow _flow;

    internal Flight(Flow flow, long bytes, DateTimeOffset began) => (_flow, Bytes, Began, LastMoved) = (flow, bytes, began, began);

    internal long Bytes { get; }

    internal DateTimeOffset Began { get; }

    internal DateTimeOffset LastMoved { get; set; }

    internal long There { get; set; }

    /// <summary>So many bytes were there before: they cost nothing now.</summary>
    public void Held(long bytes) => _flow.Held(this, bytes);

    /// <summary>So many bytes have gone since the last call.</summary>
    public void Moved(long bytes, DateTimeOffset now) => _flow.Moved(this, bytes, now);

    /// <summary>It is over.</summary>
    /// <param name="arrived">Whether the file is there.</param>
    /// <param name="now">Now.</param>
    public void End(bool arrived, DateTimeOffset now) => _flow.End(this, arrived, now);
}
