using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>That a delivery has failed, or was rejected by its receiver, as it was then; entered in the commit that moves it.</summary>
public sealed record FailureRecord
{
    /// <summary>Place in the order of this journal, from 1, never used twice; given by the journal at commit (0 before).</summary>
    public long Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The transfer.</summary>
    public required TransferIdentity Transfer { get; init; }

    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Its receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Its replay number.</summary>
    public required int Replay { get; init; }

    /// <summary>Failed or ReceiverRejected.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Code of the error; the receiving system's own where it rejected the file.</summary>
    public required string Code { get; init; }

    /// <summary>Its text.</summary>
    public required string Text { get; init; }

    /// <summary>That of a delivery as it is; null when it is in neither state.</summary>
    public static FailureRecord? Of(DeliveryRecord delivery, string detail) =>
        delivery.State is DeliveryState.Failed or DeliveryState.ReceiverRejected
            ? new FailureRecord
            {
                At = delivery.UpdatedAt,
                Transfer = delivery.Transfer,
                DeliveryId = delivery.DeliveryId,
                Receiver = delivery.Receiver,
                Replay = delivery.Replay,
                State = delivery.State,
                // What a job or a receiver's receipt rejected has no error of a delivery.
                Code = delivery.LastErrorCode ?? "rejected",
                Text = delivery.LastErrorText ?? detail,
            }
            : null;
}
