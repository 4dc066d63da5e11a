namespace LinkGateway.Contract.Wire;

/// <summary>Namespace and fixed names of the notification contract (<c>wsdl/notification.wsdl</c>).</summary>
public static class NotificationNames
{
    /// <summary>Namespace of the operations, their messages and types.</summary>
    public const string Namespace = "http://linkgateway.example/notification/2026";

    /// <summary>The element of the typed fault detail.</summary>
    public const string Fault = "notificationFault";

    /// <summary>Code of a fault: the origin does not want this one, neither now nor later.</summary>
    public const string Unwanted = "unwanted";
}
