using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Client.Operator;

/// <summary>Calls the operator API of a gateway; it neither repeats nor decides. Thread-safe.</summary>
/// <remarks>
/// No method throws for what the gateway or the network does: <see cref="OperatorAnswer{T}"/> tells.
/// <see cref="OperationCanceledException"/> comes only when the caller's own token was cancelled.
/// </remarks>
/// <param name="http">Connections, such as <see cref="Connections.GatewayConnections"/> makes; not disposed.</param>
/// <param name="address">Address of the gateway's listener for operators.</param>
/// <param name="options">Limits; the defaults where null.</param>
/// <param name="time">Clock for the time-out; the system's where null.</param>
public sealed class OperatorClient(HttpClient http, Uri address, OperatorClientOptions? options = null, TimeProvider? time = null)
{
    readonly OperatorClientOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Address of the listener.</summary>
    public Uri Address => address;

    /// <summary>How the gateway is.</summary>
    public ValueTask<OperatorAnswer<GatewayStatus>> StatusAsync(CancellationToken cancellationToken) =>
        GetAsync(OperatorPaths.Status, OperatorJson.Default.GatewayStatus, cancellationToken);

    /// <summary>Lists deliveries, a page at a time.</summary>
    public ValueTask<OperatorAnswer<DeliveryPage>> DeliveriesAsync(DeliveryFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = Query(
            [
                .. filter.States.Select(state => ("state", (string?)state)), ("receiver", filter.Receiver), ("origin", filter.Origin),
                ("limit", filter.Limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", filter.Cursor),
            ]);
        return GetAsync(OperatorPaths.Deliveries + query, OperatorJson.Default.DeliveryPage, cancellationToken);
    }

    /// <summary>All that is known of a delivery.</summary>
    public ValueTask<OperatorAnswer<DeliveryDetails>> DeliveryAsync(string deliveryId, CancellationToken cancellationToken) =>
        GetAsync(OperatorPaths.Delivery(deliveryId), OperatorJson.Default.DeliveryDetails, cancellationToken);

    /// <summary>The transfers of one origin and id, with their deliveries.</summary>
    public ValueTask<OperatorAnswer<TransferDetails>> TransfersAsync(
        string origin, string transferId, CancellationToken cancellationToken) =>
        GetAsync(
            OperatorPaths.Transfers + Query([("origin", origin), ("transferId", transferId)]), OperatorJson.Default.TransferDetails,
            cancellationToken);

    /// <summary>Orders, newest first, a page at a time.</summary>
    public ValueTask<OperatorAnswer<OrderPage>> OrdersAsync(int? limit, string? cursor, CancellationToken cancellationToken) =>
        GetAsync(
            OperatorPaths.Orders + Query([("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)]),
            OperatorJson.Default.OrderPage, cancellationToken);

    /// <summary>What the gateway does by itself, and how that goes.</summary>
    public ValueTask<OperatorAnswer<SchedulePage>> ScheduleAsync(CancellationToken cancellationToken) =>
        GetAsync(OperatorPaths.Schedule, OperatorJson.Default.SchedulePage, cancellationToken);

    /// <summary>Gives an order about a delivery.</summary>
    /// <param name="order">The order.</param>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="reason">Why.</param>
    /// <param name="dryRun">Only to be told what would happen.</param>
    /// <param name="cancellationToken">Gives up; the order may have been carried out.</param>
    public ValueTask<OperatorAnswer<OrderResult>> GiveAsync(
        OrderKind order, string deliveryId, string reason, bool dryRun, CancellationToken cancellationToken)
    {
        var body = new DeliveryOrder
        {
            Reason = reason,
            DryRun = dryRun,
            Outcome = order switch
            {
                OrderKind.SettleDelivered => DeliveryOrder.Delivered,
                OrderKind.SettleNotDelivered => DeliveryOrder.NotDelivered,
                _ => null,
            },
        };
        var verb = order switch
        {
            OrderKind.Hold => OrderVerbs.Hold,
            OrderKind.Release => OrderVerbs.Release,
            OrderKind.Cancel => OrderVerbs.Cancel,
            OrderKind.Pass => OrderVerbs.Pass,
            OrderKind.PassAll => OrderVerbs.PassAll,
            _ => OrderVerbs.Settle,
        };
        return PostAsync(
            OperatorPaths.Order(deliveryId, verb), body, OperatorJson.Default.DeliveryOrder, OperatorJson.Default.OrderResult,
            cancellationToken);
    }

    /// <summary>What is ordered until further notice.</summary>
    public ValueTask<OperatorAnswer<StandingOrderList>> StandingOrdersAsync(CancellationToken cancellationToken) =>
        GetAsync(OperatorPaths.Standing, OperatorJson.Default.StandingOrderList, cancellationToken);

    /// <summary>Orders something until further notice, or lifts the order. Given again it changes nothing more.</summary>
    public ValueTask<OperatorAnswer<StandingOrderResult>> GiveAsync(StandingOrderRequest order, CancellationToken cancellationToken) =>
        PostAsync(
            OperatorPaths.Standing, order, OperatorJson.Default.StandingOrderRequest, OperatorJson.Default.StandingOrderResult,
            cancellationToken);

    /// <summary>Orders a replay, or asks for its plan. Given again with the same id, an order is carried out once.</summary>
    public ValueTask<OperatorAnswer<ReplayAnswer>> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) => PostAsync(
        OperatorPaths.Replays, request, OperatorJson.Default.ReplayRequest, OperatorJson.Default.ReplayAnswer, cancellationToken);

    /// <summary>Orders to replay, newest first.</summary>
    public ValueTask<OperatorAnswer<ReplayPage>> ReplaysAsync(int? limit, CancellationToken cancellationToken) => GetAsync(
        OperatorPaths.Replays + Query([("limit", limit?.ToString(CultureInfo.InvariantCulture))]), OperatorJson.Default.ReplayPage,
        cancellationToken);

    /// <summary>An order to replay with its deliveries, a page at a time.</summary>
    public ValueTask<OperatorAnswer<ReplayDetails>> ShowReplayAsync(
        string orderId, int? limit, string? cursor, CancellationToken cancellationToken) => GetAsync(
        OperatorPaths.Replay(orderId) + Query([("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)]),
        OperatorJson.Default.ReplayDetails, cancellationToken);

    /// <summary>Stops a replay.</summary>
    public ValueTask<OperatorAnswer<ReplaySummary>> StopReplayAsync(string orderId, string reason, CancellationToken cancellationToken) =>
        PostAsync(
            OperatorPaths.StopOfReplay(orderId), new ReplayStop { Reason = reason }, OperatorJson.Default.ReplayStop,
            OperatorJson.Default.ReplaySummary, cancellationToken);

    /// <summary>Notices, newest first, a page at a time.</summary>
    public ValueTask<OperatorAnswer<NoticePage>> NoticesAsync(
        bool openOnly, int? limit, string? cursor, CancellationToken cancellationToken) =>
        GetAsync(
            OperatorPaths.Notices + Query(
                [
                    ("open", openOnly ? "true" : null), ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor),
                ]),
            OperatorJson.Default.NoticePage, cancellationToken);

    /// <summary>Has a test notice sent.</summary>
    /// <param name="sink">Only by this sink; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<OperatorAnswer<NoticeTest>> TestNoticesAsync(string? sink, CancellationToken cancellationToken) =>
        PostAsync(
            OperatorPaths.NoticesTest, new NoticeTestRequest { Sink = sink }, OperatorJson.Default.NoticeTestRequest,
            OperatorJson.Default.NoticeTest, cancellationToken);

    /// <summary>Has a configuration checked where it would be used: catalogue, keys, secrets and folders too.</summary>
    /// <param name="text">The content of <c>gateway.json</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<OperatorAnswer<ConfigurationFindings>> CheckConfigurationAsync(string text, CancellationToken cancellationToken) =>
        PostAsync(
            OperatorPaths.ConfigurationCheck, new ConfigurationText { Text = text }, OperatorJson.Default.ConfigurationText,
            OperatorJson.Default.ConfigurationFindings, cancellationToken);

    ValueTask<OperatorAnswer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)), type, cancellationToken);

    ValueTask<OperatorAnswer<T>> PostAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return CallAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = content }, type, cancellationToken);
    }

    async ValueTask<OperatorAnswer<T>> CallAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var owned = request;
        request.Version = HttpVersion.Version11;
        if (_options.Language is { } language) request.Headers.AcceptLanguage.ParseAdd(language);
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await response.Content.LoadIntoBufferAsync(_options.AnswerBytes, both.Token);
            var body = await response.Content.ReadAsByteArrayAsync(both.Token);
            return response.IsSuccessStatusCode ? Read(body, type) : Refused<T>(response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? new OperatorAnswer<T>.NotSent(Innermost(e))
                : new OperatorAnswer<T>.InDoubt(Innermost(e));
        }
        catch (IOException e)
        {
            return new OperatorAnswer<T>.InDoubt(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new OperatorAnswer<T>.InDoubt(
                $"{address.Authority} did not answer within {nameof(OperatorClientOptions.Timeout)} = {_options.Timeout}.");
        }
    }

    static OperatorAnswer<T> Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value
                ? new OperatorAnswer<T>.Answered(value)
                : new OperatorAnswer<T>.InDoubt("The answer is empty.");
        }
        catch (JsonException e)
        {
            return new OperatorAnswer<T>.InDoubt($"The answer cannot be read. {e.Message}");
        }
    }

    static OperatorAnswer<T> Refused<T>(HttpStatusCode status, byte[] body)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(body, OperatorJson.Default.OperatorFault) is { } fault)
                return new OperatorAnswer<T>.Refused(fault.Code, fault.Text, fault.Side);
        }
        catch (JsonException)
        {
            // No answer of the operator API: told below.
        }

        var side = (int)status < 500 ? FaultSide.Sender : FaultSide.Gateway;
        return new OperatorAnswer<T>.Refused("", $"HTTP {(int)status} and no answer of the operator API. Check the address.", side);
    }

    static string Innermost(Exception error) => error.GetBaseException() is { } inner && inner != error
        ? $"{error.Message} {inner.Message}"
        : error.Message;

    static string Query(IEnumerable<(string Name, string? Value)> values)
    {
        var given = values.Where(value => value.Value is not null)
            .Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value!)}");
        var query = string.Join('&', given);
        return query.Length == 0 ? "" : "?" + query;
    }
}
