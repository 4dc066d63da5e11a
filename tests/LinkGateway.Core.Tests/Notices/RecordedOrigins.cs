using System.Collections.Concurrent;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices.Callbacks;
using LinkGateway.Core.Tests.World;

namespace LinkGateway.Core.Tests.Notices;

/// <summary>The services of origins, by host name of their address, and what they were told.</summary>
sealed class RecordedOrigins : IOriginServices
{
    /// <summary>What was called, in order: the host, and what it was told in a word.</summary>
    public ConcurrentQueue<(string Host, string What)> Calls { get; } = [];

    public ConcurrentQueue<DeliveryFailedRequest> Failures { get; } = [];

    /// <summary>What a service answers; it notes all by default.</summary>
    public Func<string, string, CallbackAnswer> Answer { get; set; } = (_, _) => new CallbackAnswer(CallbackOutcome.Noted);

    public IEnumerable<string> CallsOf(string host) => Calls.Where(call => call.Host == host).Select(call => call.What);

    public IOriginService ServiceOf(NoticeCallback callback) => new Service(this, callback.Url.Host);

    sealed class Service(RecordedOrigins origins, string host) : IOriginService
    {
        public ValueTask<CallbackAnswer> ReceiptIssuedAsync(ReceiptIssuedRequest request, CancellationToken cancellationToken)
        {
            var content = new TestReceipts().Verify(request.ReceiptDocument, out _)!;
            return Call($"{content.Kind} {content.TransferId}");
        }

        public ValueTask<CallbackAnswer> DeliveryFailedAsync(DeliveryFailedRequest request, CancellationToken cancellationToken)
        {
            origins.Failures.Enqueue(request);
            return Call($"Failed {request.Transfer.TransferId}");
        }

        ValueTask<CallbackAnswer> Call(string what)
        {
            origins.Calls.Enqueue((host, what));
            return ValueTask.FromResult(origins.Answer(host, what));
        }
    }
}
