using System.Runtime.CompilerServices;
using System.Text;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Relay.Channels;

/// <summary>
/// The way to one receiver: its connections, how many calls it gets at a time, and whether it is left alone. Thread-safe.
/// </summary>
sealed class ReceiverChannel : IDisposable
{
    readonly HttpMessageInvoker _invoker;

    public ReceiverChannel(ChannelSettings settings, ConfigurationSource configuration, TimeProvider time, IChannelEvents events)
    {
        Settings = settings;
        Configuration = configuration;
        Time = time;
        Events = events;
        var destination = settings.Destination;
        Slots = new(destination.Concurrency, destination.Queue, destination.QueueTime, time);
        Breaker = new(destination.Id, destination.Breaker, time, events);
        _invoker = new HttpMessageInvoker(CreateHandler(settings, time));
        Sender = new RawSender(
            _invoker, destination.Credentials?.Basic is { } basic ? BasicAuthentication.Header(basic.User, settings.Password) : null);
    }

    public ChannelSettings Settings { get; }

    public ServiceDestination Destination => Settings.Destination;

    public ConfigurationSource Configuration { get; }

    public TimeProvider Time { get; }

    public IChannelEvents Events { get; }

    public CallSlots Slots { get; }

    public ReceiverBreaker Breaker { get; }

    public RawSender Sender { get; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Attempt> SendAsync(OutgoingCall call, CancellationToken ct)
    {
        var entry = await Breaker.EnterAsync();
        if (entry.RetryAfter is { } pause)
            return Paused(pause);
        var turn = Slots.EnterAsync(ct);
        var waits = !turn.IsCompleted;
        SlotAnswer slot;
        try
        {
            slot = await turn;
        }
        catch (OperationCanceledException)
        {
            entry.GiveUp();
            throw;
        }
        if (slot != SlotAnswer.Entered)
        {
            entry.GiveUp();
            return Busy(slot);
        }
        // What it waited behind may have shown that the receiver fails.
        if (waits && entry.Trial is null)
        {
            entry = await Breaker.EnterAsync();
            if (entry.RetryAfter is { } newPause)
            {
                Slots.Leave();
                return Paused(newPause);
            }
        }
        return await new CallExchange(this, entry, call, ct).RunAsync();
    }

    /// <summary>Idle connections are closed, and no call can be made any more.</summary>
    public void Dispose() => _invoker.Dispose();

    Attempt Paused(TimeSpan pause) =>
        Attempt.Refused(new Refusal(ErrorCatalogue.ReceiverPaused, Destination.Id) { RetryAfter = pause });

    Attempt Busy(SlotAnswer slot) => Attempt.Refused(slot == SlotAnswer.QueueFull
        ? new Refusal(ErrorCatalogue.ReceiverBusy, Destination.Id, "queue", $"{Destination.Queue}") { RetryAfter = Destination.QueueTime }
        : new Refusal(ErrorCatalogue.ReceiverBusy, Destination.Id, "queueTime", $"{Destination.QueueTime:c}")
        {
            RetryAfter = Destination.QueueTime,
        });

    static SocketsHttpHandler CreateHandler(ChannelSettings settings, TimeProvider time)
    {
        var handler = SoapHttpHandler.Create(settings.ClientCertificate, settings.TrustedCertificates, time);
        handler.ConnectTimeout = settings.Destination.ConnectTime;
        // A message is passed on with the trace headers that it came with, and none of ours.
        handler.ActivityHeadersPropagator = null;
        // What callers write in header values beyond ASCII goes through as it came; the server reads and writes UTF-8 too.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        return handler;
    }
}
