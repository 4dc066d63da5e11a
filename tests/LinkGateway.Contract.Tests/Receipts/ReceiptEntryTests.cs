using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Tests.Receipts;

public sealed class ReceiptEntryTests
{
    static readonly byte[] Document = [1, 2, 3];

    [Fact]
    public void The_plain_fields_are_those_of_the_receipt()
    {
        var entry = ReceiptEntry.From(TestReceipts.Delivered(), Document);

        Assert.Equal(("r-2", "delivered", "142051-zei"), (entry.ReceiptId, entry.Kind, entry.Receiver));
        Assert.Equal(TestReceipts.Delivered().DeliveredAt, entry.At);
        Assert.Same(Document, entry.ReceiptDocument);
        Assert.True(entry.Matches(TestReceipts.Delivered()));
    }

    [Fact]
    public void The_entry_receipt_has_no_receiver_and_the_time_of_acceptance()
    {
        var entry = ReceiptEntry.From(TestReceipts.Accepted(), Document);

        Assert.Null(entry.Receiver);
        Assert.Equal(TestReceipts.Accepted().AcceptedAt, entry.At);
    }

    [Fact]
    public void Plain_fields_that_say_something_else_do_not_match()
    {
        var entry = ReceiptEntry.From(TestReceipts.Delivered(), Document);

        Assert.False((entry with { Size = 1 }).Matches(TestReceipts.Delivered()));
        Assert.False((entry with { Kind = "applied" }).Matches(TestReceipts.Delivered()));
    }

    [Fact]
    public void Every_kind_comes_back_from_its_wire_value()
    {
        Assert.All(Enum.GetValues<ReceiptKind>(), kind => Assert.Equal(kind, ReceiptKinds.Parse(kind.ToWire())));
        Assert.Null(ReceiptKinds.Parse("Accepted"));
        Assert.Null(ReceiptKinds.Parse(null));
    }
}
