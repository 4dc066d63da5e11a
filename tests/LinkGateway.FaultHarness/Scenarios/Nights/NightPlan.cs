namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>
/// Who sends what in a night: six hours in a quarter of an hour. 50,000 small files, twenty large ones and one that is eight times as
/// large, of eight systems; one misbehaves, the destination of another is down for a sixth of the night, which stands for an hour.
/// </summary>
/// <param name="Largest">Size of the largest file in bytes.</param>
/// <param name="Scale">Part of the small files, 0 to 1.</param>
sealed record NightPlan(long Largest, double Scale)
{
    const int Small = 4 << 10;

    /// <summary>How long the sending of what is spread over the night takes.</summary>
    public TimeSpan Length => TimeSpan.FromMinutes(12 * Math.Max(Scale, 0.1));

    /// <summary>When the destination goes down and comes back, as parts of the night.</summary>
    public static (double From, double Until) Outage => (0.25, 0.25 + (1.0 / 6));

    /// <summary>What is sent before the night, by nobody else beside it: what the night is compared with.</summary>
    public NightParticipant Alone => new("tandoku", "production", Count(3_000), Small, 4, 0, 0);

    /// <summary>The same burst in the middle of the night.</summary>
    public NightParticipant Burst => Alone with { Id = "juki", From = 0.1, Until = 0.1 };

    /// <summary>The eight, the burst among them.</summary>
    public IReadOnlyList<NightParticipant> Participants =>
    [
        new("kyujo", "life", Count(600), Small, 1, 0, 1),
        new("hinan", "emergency-support", Count(2_400), Small, 2, 0, 1),
        Burst,
        new("zei", "production", Count(17_000), Small, 4, 0, 0.9),
        new("fukushi", "production", Count(13_000), Small, 4, 0, 0.9) { ByTheLineThatFails = true },
        new("kaoku", "production", 20, Largest / 8, 2, 0.02, 0.02),
        new("chizu", "production", 1, Largest, 1, 0.02, 0.02),
        new("ranbo", "production", Count(14_000), Small, 4, 0, 0.9) { Misbehaves = true },
    ];

    int Count(int files) => Math.Max(1, (int)(files * Scale));
}
