using CoreWCF;
using CoreWCF.Channels;
using CoreWCF.Configuration;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>
/// SOAP with Attachments for a CoreWCF service: SOAP 1.1 and 1.2, <c>multipart/related</c> and envelopes alone, all on one endpoint and
/// each answered in its own version. Attachments are streamed both ways and reached by <see cref="SwaMessageProperty"/>; nothing is read
/// or written synchronously. Messages that cannot be read are answered by a SOAP fault that says why.
/// </summary>
/// <remarks>
/// The transport must be streamed in both directions; <see cref="SwaHttpBinding"/> is one that is. An operation that is one-way is answered
/// by CoreWCF before it runs, and so finds no attachments.
/// </remarks>
public sealed class SwaMessageEncodingBindingElement : MessageEncodingBindingElement
{
    MessageVersion _messageVersion = MessageVersion.Soap11;

    /// <summary>Makes an element with the default limits that accepts every deviation.</summary>
    public SwaMessageEncodingBindingElement()
    {
    }

    SwaMessageEncodingBindingElement(SwaMessageEncodingBindingElement other)
        : base(other)
    {
        _messageVersion = other._messageVersion;
        Limits = other.Limits;
        Profile = other.Profile;
        Deviated = other.Deviated;
    }

    /// <summary>
    /// Which WS-Addressing the endpoint speaks, and the version of what CoreWCF says to nobody's message; SOAP 1.1 without addressing by
    /// default. Requests of the other version are answered in theirs.
    /// </summary>
    public override MessageVersion MessageVersion
    {
        get => _messageVersion;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Envelope == EnvelopeVersion.None)
                throw new ArgumentException("SOAP with Attachments has envelopes.", nameof(value));
            _messageVersion = value;
        }
    }

    /// <summary>What reading one message may cost in memory; every refusal names its limit.</summary>
    public MessageLimits Limits { get; set; } = MessageLimits.Default;

    /// <summary>Which deviations from the standards are accepted; all by default.</summary>
    public WireProfile Profile { get; set; } = WireProfile.Lenient;

    /// <summary>Called for each message that deviates, accepted or not, once it has been answered; it must not throw.</summary>
    public Action<IReadOnlyList<DeviationReport>>? Deviated { get; set; }

    /// <inheritdoc/>
    public override BindingElement Clone() => new SwaMessageEncodingBindingElement(this);

    /// <inheritdoc/>
    public override MessageEncoderFactory CreateMessageEncoderFactory() => new SwaMessageEncoderFactory(this);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The transport is buffered.</exception>
    public override IServiceDispatcher BuildServiceDispatcher<TChannel>(BindingContext context, IServiceDispatcher innerDispatcher)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(innerDispatcher);
        if (context.Binding.Elements.Find<HttpTransportBindingElement>() is { TransferMode: not TransferMode.Streamed })
            throw new InvalidOperationException("SOAP with Attachments needs TransferMode = Streamed of the transport binding element.");
        return base.BuildServiceDispatcher<TChannel>(context, new SwaServiceDispatcher(innerDispatcher, this));
    }

    /// <summary>The message version of an envelope: with the addressing of the endpoint.</summary>
    internal MessageVersion VersionOf(SoapVersion version) => MessageVersion.CreateVersion(
        version == SoapVersion.Soap11 ? EnvelopeVersion.Soap11 : EnvelopeVersion.Soap12, _messageVersion.Addressing);

    /// <inheritdoc/>
    protected override bool CheckEncodingVersion(EnvelopeVersion version) =>
        version == EnvelopeVersion.Soap11 || version == EnvelopeVersion.Soap12;
}
