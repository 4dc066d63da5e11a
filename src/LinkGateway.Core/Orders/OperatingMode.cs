namespace LinkGateway.Core.Orders;

/// <summary>In what times the gateway works; each mode has an order of its own of what matters most.</summary>
public enum OperatingMode
{
    /// <summary>通常.</summary>
    Normal,

    /// <summary>災害: what saves lives comes first.</summary>
    Disaster,

    /// <summary>復旧: what has piled up is worked off.</summary>
    Recovery,
}
