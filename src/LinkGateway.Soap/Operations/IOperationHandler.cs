using System.Xml.Linq;

namespace LinkGateway.Soap.Operations;

/// <summary>One operation of a service, told by the name of the element in the body. Hosts call it from many threads at once.</summary>
public interface IOperationHandler
{
    /// <summary>The name of the request element this handler answers.</summary>
    XName Request { get; }

    /// <summary>Carries out one call.</summary>
    /// <param name="context">The call; valid until the returned task is complete.</param>
    /// <param name="ct">Cancelled when the caller is gone or the host stops.</param>
    /// <returns>The reply. Attachments that were not asked for are not read: their bytes are drained after the reply.</returns>
    /// <exception cref="Exception">
    /// Anything thrown is answered by the service's <see cref="IFaultMapper"/>, so a handler can let the errors of broken input pass.
    /// </exception>
    ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct);
}
