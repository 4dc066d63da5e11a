using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Makes the encoder of an endpoint: one for all its messages.</summary>
sealed class SwaMessageEncoderFactory(SwaMessageEncodingBindingElement settings) : MessageEncoderFactory
{
    public override MessageEncoder Encoder { get; } = new SwaMessageEncoder(settings);

    public override MessageVersion MessageVersion => settings.MessageVersion;
}
