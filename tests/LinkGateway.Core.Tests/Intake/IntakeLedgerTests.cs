using LinkGateway.Contract.Identity;
using LinkGateway.Core.Intake;

namespace LinkGateway.Core.Tests.Intake;

/// <summary>Who is charged for what is unfinished.</summary>
public sealed class IntakeLedgerTests
{
    static readonly TransferIdentity Transfer = new("142051-kaoku", "a", "142051-zei", 0);

    readonly IntakeLedger _ledger = new();

    [Fact]
    public void Who_takes_an_upload_over_is_charged_for_it_and_who_has_lost_it_no_more()
    {
        Enter(new OpenUpload(Transfer, "gw-a", Declared: 100, Held: 0));
        _ledger.Hold(Transfer, 40);

        _ledger.TakeOver(Transfer, "gw-b");

        Assert.Equal(new ParticipantUse(0, 0, 0, 0), UseOf("gw-a"));
        Assert.Equal(new ParticipantUse(1, 60, 100, 60), UseOf("gw-b"));
        Assert.Equal(UseOf("gw-b"), UseOf(Transfer.Origin));
        _ledger.Close(Transfer);
        Assert.Equal(new ParticipantUse(0, 0, 0, 0), UseOf("gw-b"));
    }

    void Enter(OpenUpload upload) => Assert.Null(_ledger.Enter<string>(upload, _ => null));

    ParticipantUse UseOf(string participant)
    {
        ParticipantUse use = default!;
        var probe = new OpenUpload(Transfer with { TransferId = "probe" }, "probe", 0, 0);
        _ledger.Enter(probe, totals =>
        {
            use = totals.Of(participant);
            return "only asked";
        });
        return use;
    }
}
