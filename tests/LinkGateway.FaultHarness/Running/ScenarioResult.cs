namespace LinkGateway.FaultHarness.Running;

/// <summary>What came of all runs of a scenario.</summary>
sealed class ScenarioResult(string name)
{
    public string Name { get; } = name;

    /// <summary>Why it did not run; null when it did.</summary>
    public string? Skipped { get; init; }

    public int Runs { get; set; }

    public int Files { get; set; }

    public int Losses { get; set; }

    public int Duplicates { get; set; }

    public int Changed { get; set; }

    /// <summary>Runs that did not come to the end that they must come to.</summary>
    public int Failed { get; set; }

    /// <summary>Bytes of the files, once for each line that they had to pass.</summary>
    public long Payload { get; set; }

    /// <summary>Bytes that the lines carried beyond that: what was sent again, and what SOAP, HTTP and TLS add.</summary>
    public long Resent { get; set; }

    public double Seconds { get; set; }

    /// <summary>What went wrong, and what is worth knowing.</summary>
    public List<string> Notes { get; } = [];

    public bool Passed => Losses + Duplicates + Changed + Failed == 0;
}
