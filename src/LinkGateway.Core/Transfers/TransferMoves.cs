using System.Diagnostics;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Transfers;

/// <summary>Enters moves of transfers and deliveries in a batch: the new row beside its one event, only along the state tables.</summary>
static class TransferMoves
{
    /// <summary>Enters a new transfer.</summary>
    public static void Begin(this JournalBatch batch, TransferRecord transfer, DateTimeOffset at)
    {
        batch.Transfers.Add(transfer);
        batch.Events.Add(new JournalEvent(at, transfer.Identity, null, "", transfer.State.ToString(), $"attempt {transfer.Attempt}"));
    }

    /// <summary>Enters a transfer's move to <paramref name="after"/>'s state.</summary>
    public static void Move(this JournalBatch batch, TransferState from, TransferRecord after, DateTimeOffset at, string detail = "")
    {
        Debug.Assert(TransferStates.CanMove(from, after.State), $"No transfer moves from {from} to {after.State}.");
        batch.Transfers.Add(after);
        batch.Events.Add(new JournalEvent(at, after.Identity, null, from.ToString(), after.State.ToString(), detail));
    }

    /// <summary>Enters a new delivery.</summary>
    public static void Begin(this JournalBatch batch, DeliveryRecord delivery) =>
        batch.Begin(delivery, $"to {delivery.Receiver} by {delivery.DestinationId}");

    /// <summary>Enters a new delivery of which there is more to say.</summary>
    public static void Begin(this JournalBatch batch, DeliveryRecord delivery, string detail)
    {
        batch.Deliveries.Add(delivery);
        batch.Events.Add(new JournalEvent(
            delivery.CreatedAt, delivery.Transfer, delivery.DeliveryId, "", delivery.State.ToString(), detail));
    }

    /// <summary>Enters a decision about a delivery that is still to be carried out.</summary>
    public static void Intend(this JournalBatch batch, DeliveryRecord after, string detail)
    {
        batch.Deliveries.Add(after);
        batch.Events.Add(new JournalEvent(
            after.UpdatedAt, after.Transfer, after.DeliveryId, after.State.ToString(), after.State.ToString(),
            $"{after.Intention}: {detail}"));
    }

    /// <summary>Enters a decision about a delivery that leaves its state as it is.</summary>
    public static void Note(this JournalBatch batch, DeliveryRecord after, string detail)
    {
        batch.Deliveries.Add(after);
        batch.Events.Add(new JournalEvent(
            after.UpdatedAt, after.Transfer, after.DeliveryId, after.State.ToString(), after.State.ToString(), detail));
    }

    /// <summary>Enters the withdrawal of a delivery: carried out, or intended.</summary>
    public static void Withdraw(this JournalBatch batch, DeliveryRecord before, DeliveryRecord after, string detail)
    {
        if (after.State == before.State) batch.Intend(after, detail);
        else batch.Move(before.State, after, detail);
    }

    /// <summary>Enters a delivery's move to <paramref name="after"/>'s state.</summary>
    public static void Move(this JournalBatch batch, DeliveryState from, DeliveryRecord after, string detail = "")
    {
        Debug.Assert(DeliveryStates.CanMove(from, after.State), $"No delivery moves from {from} to {after.State}.");
        batch.Deliveries.Add(after);
        batch.Events.Add(new JournalEvent(
            after.UpdatedAt, after.Transfer, after.DeliveryId, from.ToString(), after.State.ToString(), detail));
        if (FailureRecord.Of(after, detail) is { } failure) batch.Failures.Add(failure);
    }
}
