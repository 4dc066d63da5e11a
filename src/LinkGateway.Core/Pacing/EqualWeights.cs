using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Pacing;

/// <summary>Every delivery has the same share.</summary>
public sealed class EqualWeights : IDeliveryWeights
{
    /// <inheritdoc/>
    public double WeightOf(TransferRecord transfer, DeliveryRecord delivery) => 1;
}
