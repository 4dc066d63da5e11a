using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Batch;

/// <summary>A fetch whose answer is still on the wire.</summary>
/// <param name="silence">Watches it.</param>
/// <param name="silenceTimeout">How long it may be silent.</param>
sealed class FetchExchange(SilenceWatch silence, TimeSpan silenceTimeout) : IAsyncDisposable
{
    public SilenceWatch Silence => silence;

    public TimeSpan SilenceTimeout => silenceTimeout;

    public SoapResponse? Response { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Response is not null) await Response.DisposeAsync();
        silence.Dispose();
    }
}
