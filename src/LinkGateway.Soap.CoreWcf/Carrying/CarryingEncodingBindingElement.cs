using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>Carries bodies untouched: a relay passes on what it has not read.</summary>
sealed class CarryingEncodingBindingElement : MessageEncodingBindingElement
{
    /// <summary>None: the envelope is read behind the encoder, in whatever version it is.</summary>
    public override MessageVersion MessageVersion
    {
        get => MessageVersion.None;
        set => throw new NotSupportedException("Bodies are carried untouched, whatever their version.");
    }

    public override BindingElement Clone() => new CarryingEncodingBindingElement();

    public override MessageEncoderFactory CreateMessageEncoderFactory() => new Factory();

    sealed class Factory : MessageEncoderFactory
    {
        public override MessageEncoder Encoder { get; } = new CarryingEncoder();

        public override MessageVersion MessageVersion => MessageVersion.None;
    }
}
