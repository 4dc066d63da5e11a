using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Batch;

/// <summary>Reads the typed detail of a fault; a fault without one still tells the side.</summary>
static class FaultReader
{
    // The group of codes that are the receiver's side (ErrorCatalogue).
    const string ReceiverCodes = "LG-6";

    public static BatchRefusal Read(SoapFault fault, TimeSpan? retryAfter)
    {
        var detail = Detail(fault);
        var code = detail?.Code ?? "";
        return new BatchRefusal(code, detail?.Text ?? fault.Reason, SideOf(fault.Code, code), retryAfter);
    }

    static BatchFault? Detail(SoapFault fault)
    {
        foreach (var element in fault.DetailElements)
        {
            if (element.Name.LocalName != BatchFaultXml.Name.Name || element.Name.NamespaceName != BatchFaultXml.Name.Namespace) continue;
            using var reader = element.CreateReader();
            reader.MoveToContent();
            if (BatchFaultXml.Read(reader) is { Succeeded: true } read) return read.Value;
        }
        return null;
    }

    static FaultSide SideOf(SoapFaultCode fault, string code)
    {
        if (code.StartsWith(ReceiverCodes, StringComparison.Ordinal)) return FaultSide.Receiver;
        return fault == SoapFaultCode.Receiver ? FaultSide.Gateway : FaultSide.Sender;
    }
}
