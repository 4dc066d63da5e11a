namespace LinkGateway.Core.Configuration;

/// <summary>A file that must have come by a time of day; operators are told when it has not.</summary>
public sealed record ExpectedFile
{
    /// <summary>Who sends it.</summary>
    public required string Origin { get; init; }

    /// <summary>Its interface.</summary>
    public required string Interface { get; init; }

    /// <summary>Only files for this receiver count; null: for whomever.</summary>
    public string? Receiver { get; init; }

    /// <summary>Local time by which it must be accepted, as HH:mm.</summary>
    public required TimeOnly By { get; init; }

    /// <summary>
    /// Local time from which a file counts for the next by, as HH:mm; null means twelve hours before it. A file that comes between by and
    /// the next from is the late one.
    /// </summary>
    public TimeOnly? From { get; init; }

    /// <summary>Calendar of the days on which it is expected (those of by), and its time zone; null means every day.</summary>
    public string? Calendar { get; init; }

    /// <summary>What it is, or whom to call; operators read it.</summary>
    public string Text { get; init; } = "";
}
