using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>The form in which a call goes to each of its destinations: as it came, or in the receiver's version of SOAP.</summary>
sealed class OutgoingForms(Call call, AdmittedCall admitted)
{
    readonly List<KeyValuePair<string, string>> _passed = PassedHeaders.OfRequest(call.Request.HttpHeaders);

    /// <summary>The destinations that the message can be sent to; a refusal where its signature forbids what each of them needs.</summary>
    public Outcome<List<Destination>> Usable(IReadOnlyList<Destination> destinations)
    {
        var usable = new List<Destination>(destinations.Count);
        Refusal? first = null;
        foreach (var destination in destinations)
        {
            if (Changes.Refuse(call.Message.Envelope, destination, asksForReply: false) is { } refusal)
                first ??= refusal;
            else
                usable.Add(destination);
        }
        return usable.Count > 0 ? usable : first!;
    }

    public OutgoingCall For(Destination destination, bool safe)
    {
        var message = call.Message;
        var version = Changes.VersionAt(destination, message.Envelope.Version);
        // Each destination has a list of its own.
        var headers = new List<KeyValuePair<string, string>>(_passed.Capacity);
        headers.AddRange(_passed);
        if (version == message.Envelope.Version)
            message.RestoreEnvelope();
        else
            Convert(message, version, headers);
        headers.Add(new(LinkGatewayHeaders.Origin, admitted.Origin));
        headers.Add(new(LinkGatewayHeaders.MessageId, call.Record.MessageId));
        var self = call.Contracts.Snapshot.Configuration.Gateway.Id;
        if (destination is GatewayDestination)
            headers.Add(new(LinkGatewayHeaders.Hops, string.Join(", ", [.. admitted.Hops, self])));
        return new OutgoingCall
        {
            Address = AddressAt(destination),
            ContentType = message.ContentType,
            ContentLength = message.Length(call.Request.ContentLength),
            Headers = headers,
            WriteAsync = message.WriteToAsync,
            Safe = safe,
            CanRepeat = message.IsWhole,
        };
    }

    Uri AddressAt(Destination destination) => destination switch
    {
        ServiceDestination service => service.Url,
        // The same path at the next gateway: its services lie beside its batch service.
        GatewayDestination gateway => new Uri(gateway.Url, call.Request.Path),
        _ => throw new InvalidOperationException($"Destination {destination.Id} takes no calls."),
    };

    // SOAP 1.1 says what a message means in a header of HTTP, 1.2 in a parameter of the media type.
    void Convert(RelayedMessage message, SoapVersion version, List<KeyValuePair<string, string>> headers)
    {
        var action = call.Message.Envelope.Version == SoapVersion.Soap11
            ? call.Request.HttpHeaders.GetValueOrDefault("SOAPAction")?.Trim().Trim('"')
            : call.Request.MediaType?.Parameter("action");
        headers.RemoveAll(header => header.Key.Equals("SOAPAction", StringComparison.OrdinalIgnoreCase));
        if (version == SoapVersion.Soap11)
            headers.Add(new("SOAPAction", $"\"{action}\""));
        message.ReplaceEnvelope(EnvelopeRewriter.Convert(message.Envelope, version), version, action);
    }
}
