using System.Net;
using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Services;

/// <summary>Tells from an answer how a message ended, above all a gateway's faults from those of the receiver.</summary>
static class OutcomeReader
{
    // The group of codes that are the receiver's side (ErrorCatalogue).
    const string ReceiverCodes = "LG-6";

    static readonly XNamespace GatewayFaults = GatewayFaultNames.Namespace;

    public static ServiceOutcome Read(SoapResponse response)
    {
        if (response.Fault is { } fault)
            return GatewayFault(response, fault) ?? (ServiceOutcome)new ServiceOutcome.ReceiverFault(fault);
        if (response.Envelope is not null)
            return new ServiceOutcome.Answered();
        return IsTaken(response) ? new ServiceOutcome.Accepted(TransferId(response)) : FromHttp(response);
    }

    // A gateway lets the header through from other gateways only: a receiver that writes the same detail is still the receiver.
    static ServiceOutcome.Refused? GatewayFault(SoapResponse response, SoapFault fault)
    {
        if (response.HttpHeader(LinkGatewayHeaders.Fault) is not { } code)
            return null;
        var detail = fault.DetailElements.FirstOrDefault(element => element.Name == GatewayFaults + GatewayFaultNames.Element);
        var text = detail?.Element(GatewayFaults + "text")?.Value ?? fault.Reason;
        return new ServiceOutcome.Refused(code, text, SideOf(fault.Code, code), response.RetryAfter);
    }

    static FaultSide SideOf(SoapFaultCode fault, string code)
    {
        if (code.StartsWith(ReceiverCodes, StringComparison.Ordinal))
            return FaultSide.Receiver;
        return fault == SoapFaultCode.Receiver ? FaultSide.Gateway : FaultSide.Sender;
    }

    // A page that some proxy answers with 200 is no acceptance.
    static bool IsTaken(SoapResponse response) => response.Status is HttpStatusCode.Accepted or HttpStatusCode.NoContent
        || (response.IsSuccess && response.HttpHeader("Content-Length") == "0");

    static string? TransferId(SoapResponse response) =>
        response.HttpHeader(LinkGatewayHeaders.TransferId) is { } id ? Uri.UnescapeDataString(id) : null;

    // No SOAP at all: the listener itself (missing credentials), a proxy in between, or the wrong address.
    static ServiceOutcome FromHttp(SoapResponse response)
    {
        var status = (int)response.Status;
        if (response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return new ServiceOutcome.Refused(ErrorCatalogue.NotAuthenticated.Code,
                $"HTTP {status}. {ErrorCatalogue.NotAuthenticated.English}", FaultSide.Sender, null);
        }
        if (status is >= 300 and < 500 && response.Status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
            return new ServiceOutcome.Refused("", $"HTTP {status} and no SOAP. Check the address.", FaultSide.Sender, response.RetryAfter);
        return new ServiceOutcome.InDoubt($"HTTP {status} and no SOAP.");
    }
}
