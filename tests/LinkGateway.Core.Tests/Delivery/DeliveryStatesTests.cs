using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using static LinkGateway.Contract.States.DeliveryState;

namespace LinkGateway.Core.Tests.Delivery;

public class DeliveryStatesTests
{
    static readonly Dictionary<DeliveryState, DeliveryState[]> Allowed = new()
    {
        [Waiting] = [Sending, Held, Cancelled, Delivered, ReceiverRejected],
        [Held] = [Waiting, Publishing, Delivered, ReceiverRejected, Cancelled, Failed],
        [Sending] = [Waiting, Held, InDoubt, HandedOver, Publishing, Delivered, ReceiverRejected, Failed, Cancelled],
        [InDoubt] = [Sending, HandedOver, Waiting, Held, Delivered, ReceiverRejected, Failed, Cancelled],
        [HandedOver] = [Waiting, Delivered, ReceiverRejected, Failed, Cancelled],
        [Publishing] = [Delivered, Held, Failed, Waiting],
        [Delivered] = [Applied, ReceiverRejected],
        [Applied] = [],
        [ReceiverRejected] = [],
        [Failed] = [Waiting, Cancelled, Delivered, ReceiverRejected],
        [Cancelled] = [],
    };

    public static TheoryData<DeliveryState, DeliveryState> Pairs()
    {
        TheoryData<DeliveryState, DeliveryState> pairs = [];
        foreach (var source in Enum.GetValues<DeliveryState>())
        {
            foreach (var target in Enum.GetValues<DeliveryState>()) pairs.Add(source, target);
        }

        return pairs;
    }

    public static TheoryData<DeliveryState> States => new(Enum.GetValues<DeliveryState>());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_delivery_moves_along_the_table_only(DeliveryState from, DeliveryState target) =>
        Assert.Equal(Allowed[from].Contains(target), DeliveryStates.CanMove(from, target));

    [Theory]
    [MemberData(nameof(States))]
    public void What_is_final_is_never_sent_again_by_itself(DeliveryState state)
    {
        DeliveryState[] final = [Delivered, Applied, ReceiverRejected, Failed, Cancelled];
        Assert.Equal(final.Contains(state), DeliveryStates.IsFinal(state));
        if (DeliveryStates.IsFinal(state)) Assert.DoesNotContain(Sending, Allowed[state]);
    }

    [Fact]
    public void The_table_knows_every_state() => Assert.Equal(Enum.GetValues<DeliveryState>().Order(), Allowed.Keys.Order());
}
