using System.IO.Pipelines;
using System.Xml;
using CoreWCF.Channels;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>A request as CoreWCF reads it, over the bytes of its envelope; closing it gives their memory back.</summary>
sealed class SwaMessage : Message
{
    readonly SoapMessage _received;
    readonly Message _message;

    public SwaMessage(SoapMessage received, PipeReader body, MessageVersion version, DeviationLog deviations)
    {
        _received = received;
        // The limits of the envelope hold already.
        _message = CreateMessage(received.Envelope.ReadEnvelope(), int.MaxValue, version);
        _message.Properties.Add(SwaMessageProperty.Name, new SwaMessageProperty(received, body, deviations));
    }

    public override MessageHeaders Headers => _message.Headers;

    public override MessageProperties Properties => _message.Properties;

    public override MessageVersion Version => _message.Version;

    public override bool IsFault => _message.IsFault;

    public override bool IsEmpty => _message.IsEmpty;

    protected override XmlDictionaryReader OnGetReaderAtBodyContents() => _message.GetReaderAtBodyContents();

    protected override void OnWriteBodyContents(XmlDictionaryWriter writer) => _message.WriteBodyContents(writer);

    protected override string OnGetBodyAttribute(string localName, string ns) => _message.GetBodyAttribute(localName, ns);

    protected override void OnClose()
    {
        base.OnClose();
        _message.Close();
        _received.Dispose();
    }
}
