using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>Toolkits write a lease that is not set as an empty element: it is the same as none.</summary>
public class EmptyLeaseTests
{
    static readonly byte[] File = Bytes(ChunkSize);

    [Fact]
    public async Task A_fetch_with_an_empty_lease_asks_for_one()
    {
        await using var world = await InboxWorld.StartAsync();
        var whole = (await world.OfferAsync("a", File)).DeliveryId;
        await world.SubmitAsync(Manifest("b", File), File, chunkSize: ChunkSize);
        var part = (await world.UntilAsync(Identity("b"), delivery => delivery.OfferedAt is not null, "an offer")).DeliveryId;

        var file = await world.Transfers.FetchFileAsync(
            Receiver, Read(BatchOperations.FetchFile, $"<deliveryId>{whole}</deliveryId><lease/>"), Never);
        var chunk = await world.Transfers.FetchChunkAsync(
            Receiver,
            Read(
                BatchOperations.FetchChunk,
                $"<deliveryId>{part}</deliveryId><lease></lease><offset>0</offset><length>{ChunkSize}</length>"),
            Never);

        Assert.Equal(File, await file.ReadAsync());
        Assert.Equal(File, await chunk.ReadAsync());
    }

    [Fact]
    public async Task A_confirmation_with_an_empty_lease_is_one_without_a_lease()
    {
        await using var world = await InboxWorld.StartAsync();
        var id = (await world.OfferAsync("a", File)).DeliveryId;
        var fetched = await world.FetchFileAsync(id);
        await fetched.ReadAsync();
        var request = Read(BatchOperations.ConfirmReceipt, $"<deliveryId>{id}</deliveryId><lease/><stage>stored</stage>");

        Assert.Equal(ErrorCatalogue.FieldMissing, (await world.Transfers.ConfirmReceiptAsync(Receiver, request, Never)).Refusal?.Error);
        var first = await world.ConfirmAsync(id, fetched.Value!.Result.Lease);

        var again = await world.Transfers.ConfirmReceiptAsync(Receiver, request, Never);
        Assert.Equal(first.Value?.ReceiptDocument, again.Value?.ReceiptDocument);
    }

    static TRequest Read<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, string fields)
        where TRequest : class
        where TResult : class
    {
        var xml = $"<{operation.Name} xmlns=\"http://linkgateway.example/batch/2026\">{fields}</{operation.Name}>";
        using var reader = XmlReader.Create(new StringReader(xml));
        var read = operation.ReadRequest(reader, TimeZoneInfo.Utc);
        Assert.Null(read.Refusal);
        return read.Value!;
    }
}
