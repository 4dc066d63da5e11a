namespace LinkGateway.Contract.Operator;

/// <summary>The addresses of the operator API, below those of its listener. The version is part of each.</summary>
public static class OperatorPaths
{
    /// <summary>What all addresses begin with.</summary>
    public const string Root = "/operator/v1";

    /// <summary>GET: <see cref="GatewayStatus"/>.</summary>
    public const string Status = Root + "/status";

    /// <summary>GET: <see cref="DeliveryPage"/>, by <c>state</c>, <c>receiver</c>, <c>origin</c>, <c>limit</c>, <c>cursor</c>.</summary>
    public const string Deliveries = Root + "/deliveries";

    /// <summary>GET: <see cref="TransferDetails"/>, by <c>origin</c> and <c>transferId</c>.</summary>
    public const string Transfers = Root + "/transfers";

    /// <summary>GET: <see cref="OrderPage"/>, by <c>limit</c>, <c>cursor</c>.</summary>
    public const string Orders = Root + "/orders";

    /// <summary>GET: <see cref="NoticePage"/>, by <c>open</c>, <c>limit</c>, <c>cursor</c>.</summary>
    public const string Notices = Root + "/notices";

    /// <summary>POST <see cref="NoticeTestRequest"/>: <see cref="NoticeTest"/>.</summary>
    public const string NoticesTest = Notices + "/test";

    /// <summary>GET: <see cref="SchedulePage"/>.</summary>
    public const string Schedule = Root + "/schedule";

    /// <summary>GET: <see cref="StandingOrderList"/>; POST <see cref="StandingOrderRequest"/>: <see cref="StandingOrderResult"/>.</summary>
    public const string Standing = Root + "/standing";

    /// <summary>
    /// POST <see cref="ReplayRequest"/>: <see cref="ReplayAnswer"/>. GET: <see cref="ReplayPage"/>, by <c>limit</c>.
    /// </summary>
    public const string Replays = Root + "/replays";

    /// <summary>POST <see cref="ConfigurationText"/>: <see cref="ConfigurationFindings"/>.</summary>
    public const string ConfigurationCheck = Root + "/config/check";

    /// <summary>GET: <see cref="DeliveryDetails"/>.</summary>
    public static string Delivery(string deliveryId) => $"{Deliveries}/{Uri.EscapeDataString(deliveryId)}";

    /// <summary>POST <see cref="DeliveryOrder"/>: <see cref="OrderResult"/>.</summary>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="verb">One of <see cref="OrderVerbs"/>.</param>
    public static string Order(string deliveryId, string verb) => $"{Delivery(deliveryId)}/{verb}";

    /// <summary>GET: <see cref="ReplayDetails"/>, by <c>limit</c> and <c>cursor</c>.</summary>
    public static string Replay(string orderId) => $"{Replays}/{Uri.EscapeDataString(orderId)}";

    /// <summary>POST <see cref="Operator.ReplayStop"/>: <see cref="ReplaySummary"/>.</summary>
    public static string StopOfReplay(string orderId) => Replay(orderId) + "/stop";
}
