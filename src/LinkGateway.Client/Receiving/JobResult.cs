using System.Text.Json.Serialization;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Receiving;

/// <summary>What a job made of a file.</summary>
public sealed record JobResult
{
    /// <summary>Exit code by which a job asks to be run again later (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryLater = 75;

    /// <summary>The job's exit code: 0 took the file over.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Records taken over; null where the job did not say.</summary>
    public long? Accepted { get; init; }

    /// <summary>Records not taken over; null where the job did not say.</summary>
    public long? Rejected { get; init; }

    /// <summary>The first errors, at most 100.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    /// <summary>The receiving system's own number for the file.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether the file was taken over.</summary>
    [JsonIgnore]
    public bool IsApplied => ExitCode == 0;

    /// <summary>Whether the job shall run again later.</summary>
    [JsonIgnore]
    public bool IsDeferred => ExitCode == TryLater;
}
