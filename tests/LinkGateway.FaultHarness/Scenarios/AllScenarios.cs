using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Scenarios.Nights;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>What is broken, in the order of the table: those of one plan follow each other and share gateways.</summary>
static class AllScenarios
{
    public static readonly IReadOnlyList<Scenario> List =
    [
        new JudgeTheJudge(),
        new KillSender(),
        new KillGateway("kill-entry", fleet => fleet.Entry, fleet => fleet.ToEntry),
        new KillGateway("kill-last", fleet => fleet.Last, fleet => fleet.ToLast),
        new KillTaker(),
        new KillPublication(),
        .. TroubledStore.OfEveryKind,
        new BusyJournal(),
        new SetClock("clock-forwards", 1),
        new SetClock("clock-backwards", -1),
        new ReplacedCertificate(),
        new Reload(),
        new SlowLine(),
        new StallLine(),
        new OneWayLine(),
        .. CutLine.AtEveryStage,
        new FlippedBit(),
        new Garbage(),
        new DiesBeforeAnswering(),
        new EntryOfThree(),
        new OtherPath(),
        new LostAnswerWithAlternate(),
        new FullDisk(),
        .. BrokenFetch.OfEveryKind,
        .. KillPushed.OfEveryKind,
        new LongDown("down-12-hours", TimeSpan.FromHours(12)),
        new LongDown("down-6-days", TimeSpan.FromDays(6)),
        new Update(),
        new Resume("resume-70-entry", fleet => fleet.ToEntry, (fleet, id) => fleet.StatusAsync(id)),
        new Resume("resume-70-last", fleet => fleet.ToLast, (fleet, id) => fleet.StatusAtLastAsync(id)),
        new CappedLine(),
        new Hops(),
        new Night(),
    ];

    /// <summary>Those that the command line names; without names all that need not be named.</summary>
    public static IReadOnlyList<Scenario> Chosen(HarnessOptions options) =>
        [.. List.Where(scenario => options.Only.Count == 0 ? !scenario.OnlyByName : options.Only.Any(name => Fits(scenario, name)))];

    static bool Fits(Scenario scenario, string name) =>
        name.EndsWith('*') ? scenario.Name.StartsWith(name[..^1], StringComparison.Ordinal) : scenario.Name == name;
}
