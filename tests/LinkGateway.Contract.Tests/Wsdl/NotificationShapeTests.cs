using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The notification contract, which origins serve.</summary>
public sealed class NotificationShapeTests() : ContractShapeTests(
    "notification", "notification-types.xsd", "NotificationFault", NotificationNames.Namespace, ["ReceiptIssued", "DeliveryFailed"], [])
{
    protected override IEnumerable<string> OfOneTransfer => ["DeliveryFailed"];

    protected override IEnumerable<string> InCode => typeof(NotificationOperations).GetProperties().Select(property => property.Name);
}
