namespace LinkGateway.Contract.Operator;

/// <summary>The last segment of the address that an order is posted to.</summary>
public static class OrderVerbs
{
    /// <summary>Says what became of a delivery in doubt.</summary>
    public const string Settle = "settle";

    /// <summary>Keeps a delivery back.</summary>
    public const string Hold = "hold";

    /// <summary>Lets a delivery go on.</summary>
    public const string Release = "release";

    /// <summary>Withdraws a delivery.</summary>
    public const string Cancel = "cancel";

    /// <summary>Lets a delivery pass in its order, or others pass it.</summary>
    public const string Pass = "pass";

    /// <summary>Lets what waits pass everything in its order that came to nothing.</summary>
    public const string PassAll = "passAll";
}
