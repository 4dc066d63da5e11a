using System.Net;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Receivers;

/// <summary>Reads what proves that a receiving system stored nothing, and tells whose fault that is.</summary>
static class ReceiverRefusals
{
    /// <summary>The refusal that a fault is; null where it leaves open what was done.</summary>
    public static BatchRefusal? Of(SoapFault fault, TimeSpan? retryAfter)
    {
        // Whoever throws the contract's fault knows what the contract says of it. Without it, only what was refused before the service was
        // asked is certain: a Server fault may be a crash after the file was stored.
        if (Detail(fault) is { } detail) return new BatchRefusal(detail.Code, detail.Text, SideOf(fault, detail, retryAfter), retryAfter);
        return fault.Code == SoapFaultCode.Receiver ? null : new BatchRefusal("", fault.Reason, FaultSide.Sender, retryAfter);
    }

    /// <summary>The refusal that an answer without SOAP is; null where it leaves open what was done.</summary>
    public static BatchRefusal? Of(HttpStatusCode status, TimeSpan? retryAfter)
    {
        // Credentials, the address or the size: mended by people, after which it goes on by itself. Or no room at present.
        var certain = (int)status is >= 300 and < 500 && status is not HttpStatusCode.RequestTimeout
            || status is HttpStatusCode.ServiceUnavailable;
        return certain
            ? new BatchRefusal("", $"HTTP {(int)status} and no SOAP. Check address and credentials.", FaultSide.Receiver, retryAfter)
            : null;
    }

    static FaultSide SideOf(SoapFault fault, ReceiverFault detail, TimeSpan? retryAfter)
    {
        var passes = retryAfter is not null || detail.Code is ReceiverFault.Busy or ReceiverFault.Damaged;
        return passes || fault.Code == SoapFaultCode.Receiver ? FaultSide.Receiver : FaultSide.Sender;
    }

    static ReceiverFault? Detail(SoapFault fault)
    {
        foreach (var element in fault.DetailElements)
        {
            if (element.Name.LocalName != ReceiverNames.Fault || element.Name.NamespaceName != ReceiverNames.Namespace) continue;
            using var reader = element.CreateReader();
            reader.MoveToContent();
            if (ReceiverFaultXml.Read(reader) is { Succeeded: true } read) return read.Value;
        }

        return null;
    }
}
