using System.Diagnostics.CodeAnalysis;
using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Broken messages as faults: as our own where the envelope cannot be read, as CoreWCF's where an operation meets them.</summary>
static class SwaFaults
{
    /// <summary>The fault that tells a sender what is wrong with its message; false for what is not its doing.</summary>
    public static bool TryMap(Exception exception, [NotNullWhen(true)] out SoapFault? fault)
    {
        fault = exception switch
        {
            SoapFormatException format => format.Fault,
            MimeFormatException mime => new SoapFault(SoapFaultCode.Sender, mime.Message),
            // It names MaxReceivedMessageSize, the setting of the transport.
            CommunicationException { InnerException: QuotaExceededException quota } => new SoapFault(SoapFaultCode.Sender, quota.Message),
            _ => null,
        };
        return fault is not null;
    }

    /// <summary>What an operation may let pass: CoreWCF answers it by the fault, and not by an internal error.</summary>
    public static FaultException? ForOperation(Exception exception) => TryMap(exception, out var fault)
        ? new FaultException(new FaultReason(fault.Reason), FaultCode.CreateSenderFaultCode(null))
        : null;

    /// <summary>Stands for a message that could not be read, until the dispatcher answers it.</summary>
    public static Message Unreadable(SwaUnreadable unreadable)
    {
        // Of no version: the transport looks for nothing in it.
        var message = Message.CreateMessage(MessageVersion.None, action: null);
        message.Properties.Add(nameof(SwaUnreadable), unreadable);
        return message;
    }
}
