using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Relay.Channels;

/// <summary>
/// The ways to all receivers: one channel for each destination, made on first use. A destination that a reload changed gets a new one;
/// what runs keeps the old. Thread-safe.
/// </summary>
/// <param name="configuration">The configuration in force.</param>
/// <param name="host">Where credentials are read from.</param>
/// <param name="time">The clock.</param>
/// <param name="events">Whom to tell what happens.</param>
public sealed class ReceiverChannels(ConfigurationSource configuration, IConfigurationHost host, TimeProvider time, IChannelEvents events)
    : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly Dictionary<string, ReceiverChannel> _current = new(StringComparer.Ordinal);

    // Every configuration has destination objects of its own. Old ones go with the last call that names them, and with them a channel
    // that was replaced; its idle connections close themselves.
    readonly ConditionalWeakTable<Destination, ReceiverChannel> _channels = [];

    /// <summary>
    /// Sends a call to the first destination that takes it. Where it was not carried out the next one is tried; where that is not known,
    /// only a call that is safe and can be repeated.
    /// </summary>
    /// <param name="destinations">The destination and its alternates, in order; at least one.</param>
    /// <param name="prepare">Makes what is sent to one of them.</param>
    /// <param name="ct">Cancels the call: nobody waits for it any more.</param>
    /// <returns>
    /// The answer, to be disposed. Or the refusal, of the first destination or, where any may have acted on the call, of that one.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome<ReceiverAnswer>> SendAsync(
        IReadOnlyList<Destination> destinations, Func<Destination, OutgoingCall> prepare, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(destinations);
        ArgumentNullException.ThrowIfNull(prepare);
        Refusal? refusal = null;
        var carriedOut = false;
        var last = "";
        for (var index = 0; index < destinations.Count; index++)
        {
            var destination = destinations[index];
            var attempt = await AttemptAsync(destination, prepare(destination), ct);
            if (attempt.Answer is { } answer)
            {
                if (index > 0)
                    events.UsedAlternate(destinations[0].Id, destination.Id, last);
                return answer;
            }
            last = attempt.Refusal!.Code;
            if (refusal is null || attempt.CarriedOut && !carriedOut)
                (refusal, carriedOut) = (attempt.Refusal, attempt.CarriedOut);
            if (!attempt.MayGoOn)
                break;
        }
        return refusal ?? throw new ArgumentException("There is no destination.", nameof(destinations));
    }

    /// <summary>Closes idle connections; calls that run end by their own limits.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            foreach (var (_, channel) in _channels)
                channel.Dispose();
            _channels.Clear();
            _current.Clear();
        }
        return default;
    }

    ValueTask<Attempt> AttemptAsync(Destination destination, OutgoingCall call, CancellationToken ct)
    {
        ReceiverChannel channel;
        try
        {
            channel = ChannelOf(destination);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Not remembered: whoever puts the file back need not reload.
            var refusal = new Refusal(ErrorCatalogue.ReceiverUnreachable, destination.Id, "the credentials for it cannot be had")
            {
                Cause = error,
            };
            events.Failed(destination.Id, refusal.Code, $"{refusal} ({error.Message})");
            return new(Attempt.Refused(refusal));
        }
        return channel.SendAsync(call, ct);
    }

    /// <summary>The channel of a destination, as a snapshot of the configuration names it.</summary>
    internal ReceiverChannel ChannelOf(Destination destination) =>
        _channels.TryGetValue(destination, out var channel) ? channel : Find(destination);

    ReceiverChannel Find(Destination destination)
    {
        var settings = ChannelSettings.Read(destination, host);
        lock (_gate)
        {
            if (_channels.TryGetValue(destination, out var known))
                return known;
            if (_current.TryGetValue(destination.Id, out var current) && current.Settings.IsSame(settings))
            {
                _channels.Add(destination, current);
                return current;
            }
            var made = new ReceiverChannel(settings, configuration, time, events);
            _channels.Add(destination, made);
            // A call that began before a reload must not bring back what the reload replaced.
            if (current is null || configuration.Current.Configuration.Destinations.Any(one => ReferenceEquals(one, destination)))
                _current[destination.Id] = made;
            return made;
        }
    }
}
