namespace LinkGateway.Soap.Sending;

/// <summary>An exchange that brought no readable answer.</summary>
public sealed class SoapTransportException : Exception
{
    /// <summary>Describes a broken exchange.</summary>
    /// <param name="stage">How far the request had come.</param>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What the transport, or the reader of the answer, threw.</param>
    public SoapTransportException(SoapTransportStage stage, string message, Exception? inner = null)
        : base(message, inner) => Stage = stage;

    /// <summary>How far the request had come; tells what is safely tried again from what must be asked about.</summary>
    public SoapTransportStage Stage { get; }
}
