namespace LinkGateway.Core.Journal;

/// <summary>A decision about a delivery that stands in the journal until it is carried out.</summary>
public enum DeliveryIntention
{
    /// <summary>To be delivered, as ever.</summary>
    None,

    /// <summary>To be withdrawn, also from the gateways that it has gone to.</summary>
    Withdraw,
}
