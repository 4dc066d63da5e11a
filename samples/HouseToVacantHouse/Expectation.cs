namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>What must come of a question.</summary>
/// <param name="Outcome">As the vacant-house system calls it.</param>
/// <param name="Code">Code of the fault; null where it is answered.</param>
/// <param name="Content">What is answered; null where any text will do.</param>
sealed record Expectation(string Outcome, string? Code, string? Content)
{
    public bool IsMetBy(Finding finding) =>
        finding.Outcome == Outcome && finding.Code == Code && (Content is null || finding.Content == Content);
}
