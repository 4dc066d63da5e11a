using LinkGateway.Contract.Errors;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Sequences;

/// <summary>Why a delivery does not go yet, or does not go by itself, for the sake of its order.</summary>
/// <param name="Entry">Whether it waits, or its place is past.</param>
/// <param name="What">What it waits for, or what has gone before it.</param>
/// <param name="Delivery">The delivery that it waits for; null when that is not here.</param>
sealed record SequenceObstacle(ErrorEntry Entry, string What, DeliveryRecord? Delivery)
{
    /// <summary>Whether it goes by itself when its turn comes.</summary>
    public bool Passes => Entry == ErrorCatalogue.OrderWaits;

    /// <summary>The reason in words.</summary>
    public string Text => Entry.Text([What], japanese: false);

    /// <summary>It waits for a delivery.</summary>
    public static SequenceObstacle WaitsFor(DeliveryRecord other) =>
        new(ErrorCatalogue.OrderWaits, $"{other.Transfer.TransferId}, whose delivery {other.DeliveryId} is {other.State}", other);

    /// <summary>It waits for a number that is not here.</summary>
    public static SequenceObstacle WaitsFor(long number) => new(ErrorCatalogue.OrderWaits, $"number {number}, which is not here yet", null);

    /// <summary>A number that is not before its own was delivered.</summary>
    public static SequenceObstacle PastBy(DeliveryRecord done) => new(
        ErrorCatalogue.OrderPast, $"number {SequenceKeys.NumberOf(done.SequencePlace!)} ({done.Transfer.TransferId})", done);
}
