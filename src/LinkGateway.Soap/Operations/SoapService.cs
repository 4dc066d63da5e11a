using System.Collections.Frozen;
using System.Xml.Linq;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Soap.Operations;

/// <summary>A named set of operations behind one address. Immutable and safe from any thread.</summary>
public sealed class SoapService
{
    const int MostNotUnderstood = 16;

    readonly FrozenDictionary<XName, IOperationHandler> _handlers;

    /// <summary>Puts a service together.</summary>
    /// <param name="name">The name of the service, for logs and metrics.</param>
    /// <param name="handlers">The operations; each request element once.</param>
    /// <param name="wsdl">The service's documents; null where it publishes none.</param>
    /// <exception cref="ArgumentException">Two handlers answer the same request element.</exception>
    public SoapService(string name, IEnumerable<IOperationHandler> handlers, WsdlPublisher? wsdl = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(handlers);
        Name = name;
        Wsdl = wsdl;
        _handlers = handlers.ToDictionary(handler => handler.Request).ToFrozenDictionary();
    }

    /// <summary>The name of the service, for logs and metrics.</summary>
    public string Name { get; }

    /// <summary>The service's documents; null where it publishes none.</summary>
    public WsdlPublisher? Wsdl { get; }

    /// <summary>Turns exceptions into faults.</summary>
    public IFaultMapper Faults { get; init; } = FaultMapper.Default;

    /// <summary>How callers' messages are judged.</summary>
    public IPartnerProfiles Partners { get; init; } = LenientPartners.Instance;

    /// <summary>The header blocks that may say <c>mustUnderstand</c>; those of WS-Addressing 1.0 by default.</summary>
    public IReadOnlySet<XName> Understood { get; init; } = AddressingHeaders.Understood;

    /// <summary>Finds the operation by the element in the body and carries it out.</summary>
    /// <param name="context">The call.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The operation's reply.</returns>
    /// <exception cref="SoapFormatException">No operation answers, or a header block that must be understood is not.</exception>
    /// <remarks>
    /// Exceptions pass through, for the host to log; it answers them by <see cref="Faults"/>. The order of checks is that of WS-I BP 1.1
    /// R2725: version (when the envelope was parsed), mustUnderstand, then the operation.
    /// </remarks>
    public ValueTask<OperationReply> InvokeAsync(OperationContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.NotUnderstood(Understood) is [var first, ..] blocks)
        {
            throw new SoapFormatException(
                SoapFormatError.MustUnderstand, $"The header block {Shown(first.Name)} must be understood and is not.")
            {
                // The rest is found out by the next message; an answer is not to be larger than its request.
                NotUnderstood = [.. blocks.Select(block => block.Name).Distinct().Take(MostNotUnderstood)],
            };
        }
        // Contradictory ones throw here and not before: a block that is not understood comes first.
        _ = context.Addressing;
        if (context.Request.BodyName is not { } name)
            throw new SoapFormatException(SoapFormatError.UnknownOperation, "The body is empty; send the request element of an operation.");
        if (context.Request.BodyElements > 1)
            throw new SoapFormatException(SoapFormatError.UnknownOperation,
                $"The body has {context.Request.BodyElements} elements; send one request in a message (WS-I BP 1.1 R2712).");
        if (!_handlers.TryGetValue(name, out var handler))
            throw new SoapFormatException(SoapFormatError.UnknownOperation, $"The service has no operation for the element {Shown(name)}.");
        return handler.HandleAsync(context, ct);
    }

    // A namespace may hold line ends, which have no place in logs.
    static string Shown(XName name) => string.Concat(name.ToString().Select(c => char.IsControl(c) ? ' ' : c));
}
