using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Transfers;
using LinkGateway.Server.Logging;
using Microsoft.Net.Http.Headers;

namespace LinkGateway.Server.Operator;

/// <summary>Translates the requests of operators for Core, and its answers for them.</summary>
sealed class OperatorRequests(
    CoreServices core, OperatorOrders orders, OperatorQueries queries, SpaceQueries space, ConfigurationProbe probe,
    Func<GatewayIdentity> identity, ConfigurationSource configuration, ILogger<OperatorRequests> logger)
{
    static readonly string Version =
        typeof(OperatorRequests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public Task StatusAsync(HttpContext context) => AnswerAsync(context, OperatorJson.Default.GatewayStatus, async () =>
    {
        var counts = await queries.CountAsync(context.RequestAborted);
        if (!counts.Succeeded) return counts.Refusal;
        var dispatch = await queries.DispatchAsync(context.RequestAborted);
        if (!dispatch.Succeeded) return dispatch.Refusal;
        var room = await space.SpaceAsync(context.RequestAborted);
        return room.Succeeded ? Status(counts.Value, dispatch.Value, room.Value) : (Outcome<GatewayStatus>)room.Refusal;
    });

    public Task ForecastAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.ForecastReport, () => queries.ForecastAsync(context.RequestAborted));

    public Task ExpectedAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.ExpectedList, () => queries.ExpectedAsync(context.RequestAborted));

    public Task DeliveriesAsync(HttpContext context) => AnswerAsync(context, OperatorJson.Default.DeliveryPage, async () =>
    {
        var limit = Number(context, "limit");
        if (!limit.Succeeded) return limit.Refusal;
        return await queries.DeliveriesAsync(
            [.. context.Request.Query["state"].SelectMany(text => text!.Split(',', StringSplitOptions.RemoveEmptyEntries))],
            Text(context, "receiver"), Text(context, "origin"), limit.Value, Text(context, "cursor"), context.RequestAborted);
    });

    public Task DeliveryAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.DeliveryDetails, () => queries.DeliveryAsync(Segment(context, "id"), context.RequestAborted));

    public Task TransfersAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.TransferDetails,
        () => queries.TransfersAsync(Text(context, "origin"), Text(context, "transferId"), context.RequestAborted));

    public Task OrdersAsync(HttpContext context) => AnswerAsync(context, OperatorJson.Default.OrderPage, async () =>
    {
        var limit = Number(context, "limit");
        return limit.Succeeded ? await queries.OrdersAsync(limit.Value, Text(context, "cursor"), context.RequestAborted) : limit.Refusal;
    });

    public Task OrderAsync(HttpContext context) => AnswerAsync(context, OperatorJson.Default.OrderResult, async () =>
    {
        var read = await ReadAsync(context, OperatorJson.Default.DeliveryOrder);
        if (!read.Succeeded) return read.Refusal;
        var kind = KindOf(Segment(context, "verb"), read.Value.Outcome);
        if (!kind.Succeeded) return kind.Refusal;
        var given = new GivenOrder(context.User.Identity!.Name!, read.Value.Reason, read.Value.DryRun);

        // Not broken off with the connection: an order that was begun is carried out and written down.
        var result = await orders.GiveAsync(kind.Value, Segment(context, "id"), given, CancellationToken.None);
        if (result is { Succeeded: true, Value: { DryRun: false } done })
            logger.OrderGiven(given.Operator, done.Order, done.Delivery.DeliveryId, done.From, done.Delivery.State);
        return result;
    });

    public Task StandingOrdersAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.StandingOrderList, () => core.Standing.ListAsync(core.Journal, context.RequestAborted));

    public Task GiveStandingOrderAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.StandingOrderResult, async () =>
        {
            var read = await ReadAsync(context, OperatorJson.Default.StandingOrderRequest);
            if (!read.Succeeded) return read.Refusal;
            var (subject, value) = (read.Value.Subject, read.Value.Value);
            var given = new GivenOrder(context.User.Identity!.Name!, read.Value.Reason, read.Value.DryRun);
            var result = await core.Standing.GiveAsync(core, subject, value, given, CancellationToken.None);
            if (result is { Succeeded: true, Value: { DryRun: false } done })
                logger.StandingOrderGiven(given.Operator, done.Subject, done.After ?? "lifted");
            return result;
        });

    public Task CheckConfigurationAsync(HttpContext context) => AnswerAsync(
        context, OperatorJson.Default.ConfigurationFindings, async () =>
        {
            var read = await ReadAsync(context, OperatorJson.Default.ConfigurationText);
            if (!read.Succeeded) return read.Refusal;
            return read.Value.Text is { } text ? probe.Check(text) : new Refusal(ErrorCatalogue.FieldMissing, "text");
        });

    /// <summary>The answer at every other address.</summary>
    public static Task NothingHereAsync(HttpContext context) => OperatorAnswer.RefuseAsync(
        context, new Refusal(ErrorCatalogue.OperationUnavailable, $"{context.Request.Method} {context.Request.Path}"));

    static Outcome<OrderKind> KindOf(string verb, string? outcome)
    {
        if (verb == OrderVerbs.Settle)
        {
            return outcome switch
            {
                DeliveryOrder.Delivered => OrderKind.SettleDelivered,
                DeliveryOrder.NotDelivered => OrderKind.SettleNotDelivered,
                null => new Refusal(ErrorCatalogue.FieldMissing, "outcome"),
                _ => new Refusal(
                    ErrorCatalogue.FieldInvalid, "outcome", $"it is {DeliveryOrder.Delivered} or {DeliveryOrder.NotDelivered}"),
            };
        }

        if (outcome is not null) return new Refusal(ErrorCatalogue.FieldInvalid, "outcome", $"only {OrderVerbs.Settle} has one");
        return verb switch
        {
            OrderVerbs.Hold => OrderKind.Hold,
            OrderVerbs.Release => OrderKind.Release,
            OrderVerbs.Cancel => OrderKind.Cancel,
            _ => new Refusal(ErrorCatalogue.OperationUnavailable, verb),
        };
    }

    static Outcome<int?> Number(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text) return (int?)null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (int?)number
            : new Refusal(ErrorCatalogue.FieldInvalid, name, "it is no number");
    }

    static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    static string Segment(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    static async ValueTask<Outcome<T>> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        // Asked for by name: a page that a browser has open elsewhere can send other types with the operator's credentials, but not this
        // one.
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media) || media.MediaType != "application/json")
            return new Refusal(ErrorCatalogue.FieldInvalid, "Content-Type", "it is not application/json");
        try
        {
            var value = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return value is null ? new Refusal(ErrorCatalogue.FieldMissing, "body") : value;
        }
        catch (JsonException e)
        {
            return new Refusal(ErrorCatalogue.FieldInvalid, e.Path ?? "body", "it is not what the operator API expects there");
        }
        catch (BadHttpRequestException e)
        {
            return new Refusal(ErrorCatalogue.FieldInvalid, "body", e.Message.TrimEnd('.'));
        }
    }

    GatewayStatus Status(IReadOnlyDictionary<string, long> deliveries, DispatchStatus dispatch, SpaceStatus room)
    {
        var (gateway, itself) = (configuration.Current.Configuration.Gateway, identity());
        return new GatewayStatus
        {
            GatewayId = gateway.Id,
            Environment = gateway.Environment.WireName(),
            Version = Version,
            Now = itself.Now,
            StartedAt = itself.StartedAt,
            Listeners = itself.Listeners,
            OperatorListeners = itself.OperatorListeners,
            Deliveries = deliveries,
            Dispatch = dispatch,
            Space = room,
            TestSeams = itself.TestSeams,
        };
    }

    async Task AnswerAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<ValueTask<Outcome<T>>> request)
    {
        Outcome<T> outcome;
        try
        {
            outcome = await request();
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            var reference = Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString();
            logger.RequestFailed(error, reference);
            outcome = new Refusal(ErrorCatalogue.Internal, reference);
        }

        if (outcome.Succeeded)
        {
            await OperatorAnswer.SendAsync(context, outcome.Value, type);
            return;
        }

        logger.OperatorRefused(context.Request.Path, context.User.Identity!.Name!, outcome.Refusal.Code);
        if (outcome.Refusal.Cause is { } cause) logger.RefusedBecause(cause, context.Request.Path, outcome.Refusal.Code);
        await OperatorAnswer.RefuseAsync(context, outcome.Refusal);
    }
}
