using LinkGateway.Contract.States;
using LinkGateway.Core.Transfers;
using static LinkGateway.Contract.States.TransferState;

namespace LinkGateway.Core.Tests.Transfers;

public class TransferStatesTests
{
    static readonly Dictionary<TransferState, TransferState[]> Allowed = new()
    {
        [Open] = [Verifying, Accepted, Rejected, Cancelled, Expired],
        [Verifying] = [Open, Accepted, Rejected, Cancelled, Expired],
        [Accepted] = [Cancelled],
        [Rejected] = [Open],
        [Cancelled] = [Open],
        [Expired] = [Open],
    };

    public static TheoryData<TransferState, TransferState> Pairs()
    {
        TheoryData<TransferState, TransferState> pairs = [];
        foreach (var source in Enum.GetValues<TransferState>())
        {
            foreach (var target in Enum.GetValues<TransferState>()) pairs.Add(source, target);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_transfer_moves_along_the_table_only(TransferState from, TransferState target) =>
        Assert.Equal(Allowed[from].Contains(target), TransferStates.CanMove(from, target));

    [Fact]
    public void The_table_knows_every_state() => Assert.Equal(Enum.GetValues<TransferState>().Order(), Allowed.Keys.Order());
}
