using CoreWCF;
using CoreWCF.Channels;
using CoreWCF.Configuration;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Stands between the transport and the service model of an endpoint.</summary>
sealed class SwaServiceDispatcher(IServiceDispatcher inner, SwaMessageEncodingBindingElement settings) : IServiceDispatcher
{
    public Uri BaseAddress => inner.BaseAddress;

    public Binding Binding => inner.Binding;

    public ServiceHostBase Host => inner.Host;

    public IList<Type> SupportedChannelTypes => inner.SupportedChannelTypes;

    public async Task<IServiceChannelDispatcher> CreateServiceChannelDispatcherAsync(IChannel channel)
    {
        var known = channel is IReplyChannel replies ? new SwaReplyChannel(replies, settings.MessageVersion) : channel;
        return new SwaChannelDispatcher(await inner.CreateServiceChannelDispatcherAsync(known), settings);
    }
}
