using System.Collections.Concurrent;
using LinkGateway.Relay.Channels;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>Keeps what it is told, a line an event.</summary>
sealed class RecordingEvents : IChannelEvents
{
    readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Opened(string destinationId, string reason) => _lines.Enqueue($"opened {destinationId}");

    public void HalfOpened(string destinationId) => _lines.Enqueue($"half-opened {destinationId}");

    public void Closed(string destinationId) => _lines.Enqueue($"closed {destinationId}");

    public void Failed(string destinationId, string code, string text) => _lines.Enqueue($"failed {destinationId} {code}");

    public void UsedAlternate(string destinationId, string alternateId, string code) =>
        _lines.Enqueue($"{alternateId} for {destinationId} {code}");
}
