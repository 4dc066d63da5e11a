using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Pacing;

/// <summary>How large a share a delivery has of a bandwidth that several want.</summary>
public interface IDeliveryWeights
{
    /// <summary>Its weight, above 0; of two that want all they can get, one with twice the weight gets twice as much.</summary>
    /// <remarks>Asked for every piece that is sent, so what changes takes effect at once; must cost next to nothing. Thread-safe.</remarks>
    double WeightOf(TransferRecord transfer, DeliveryRecord delivery);
}
