using CoreWCF;
using CoreWCF.Channels;
using CoreWCF.Configuration;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>
/// The transport's channel with the faults of SOAP known to it: without, CoreWCF answers a header block that must be understood and is
/// not by an internal error.
/// </summary>
sealed class SwaReplyChannel(IReplyChannel inner, MessageVersion version) : IReplyChannel
{
    public event EventHandler Closed
    {
        add => inner.Closed += value;
        remove => inner.Closed -= value;
    }

    public event EventHandler Closing
    {
        add => inner.Closing += value;
        remove => inner.Closing -= value;
    }

    public event EventHandler Faulted
    {
        add => inner.Faulted += value;
        remove => inner.Faulted -= value;
    }

    public event EventHandler Opened
    {
        add => inner.Opened += value;
        remove => inner.Opened -= value;
    }

    public event EventHandler Opening
    {
        add => inner.Opening += value;
        remove => inner.Opening -= value;
    }

    public EndpointAddress LocalAddress => inner.LocalAddress;

    public CommunicationState State => inner.State;

    public IServiceChannelDispatcher ChannelDispatcher
    {
        get => inner.ChannelDispatcher;
        set => inner.ChannelDispatcher = value;
    }

    public T GetProperty<T>()
        where T : class =>
        typeof(T) == typeof(FaultConverter) ? (T)(object)FaultConverter.GetDefaultFaultConverter(version) : inner.GetProperty<T>();

    public void Abort() => inner.Abort();

    public Task CloseAsync() => inner.CloseAsync();

    public Task CloseAsync(CancellationToken token) => inner.CloseAsync(token);

    public Task OpenAsync() => inner.OpenAsync();

    public Task OpenAsync(CancellationToken token) => inner.OpenAsync(token);
}
