using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>How the messages of the operator API are written: camelCase names and values, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnum<OrderKind>), typeof(CamelCaseEnum<Errors.FaultSide>), typeof(CamelCaseEnum<ReplayAction>),
        typeof(CamelCaseEnum<Notices.NoticeStage>), typeof(CamelCaseEnum<Notices.NoticeSeverity>),
    ])]
[JsonSerializable(typeof(GatewayStatus))]
[JsonSerializable(typeof(DeliveryPage))]
[JsonSerializable(typeof(DeliveryDetails))]
[JsonSerializable(typeof(TransferDetails))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(DeliveryOrder))]
[JsonSerializable(typeof(OrderResult))]
[JsonSerializable(typeof(SchedulePage))]
[JsonSerializable(typeof(FreezeFilter))]
[JsonSerializable(typeof(ConfigurationText))]
[JsonSerializable(typeof(ConfigurationFindings))]
[JsonSerializable(typeof(NoticePage))]
[JsonSerializable(typeof(NoticeTest))]
[JsonSerializable(typeof(NoticeTestRequest))]
[JsonSerializable(typeof(StandingOrderList))]
[JsonSerializable(typeof(StandingOrderRequest))]
[JsonSerializable(typeof(StandingOrderResult))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayStop))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(ReplayPage))]
[JsonSerializable(typeof(ReplayDetails))]
[JsonSerializable(typeof(ReplaySummary))]
[JsonSerializable(typeof(OperatorFault))]
public sealed partial class OperatorJson : JsonSerializerContext;
