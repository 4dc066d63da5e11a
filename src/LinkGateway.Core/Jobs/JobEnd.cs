using LinkGateway.Contract.Receipts;

namespace LinkGateway.Core.Jobs;

/// <summary>How a program ended, and what it says of the records.</summary>
public sealed record JobEnd
{
    /// <summary>Exit code by which it asks to be run again later (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryLater = 75;

    /// <summary>Its exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Records taken over.</summary>
    public long? Accepted { get; init; }

    /// <summary>Records not taken over.</summary>
    public long? Rejected { get; init; }

    /// <summary>The first errors.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    /// <summary>The receiving system's own number for the file.</summary>
    public string? Reference { get; init; }
}
