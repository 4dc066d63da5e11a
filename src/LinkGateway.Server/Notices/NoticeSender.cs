using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;

namespace LinkGateway.Server.Notices;

/// <summary>Hands notices to webhooks and hooks. Thread-safe.</summary>
/// <param name="webhooks">Posts.</param>
/// <param name="hooks">Runs programs.</param>
sealed class NoticeSender(WebhookSender webhooks, HookRunner hooks) : INoticeSender
{
    public ValueTask<NoticeSent> SendAsync(NoticeSink sink, Notice notice, CancellationToken cancellationToken) => sink switch
    {
        NoticeWebhook webhook => webhooks.SendAsync(webhook, notice, cancellationToken),
        NoticeHook hook => hooks.RunAsync(hook, notice, cancellationToken),
        _ => throw new ArgumentException("It is no sink known here.", nameof(sink)),
    };
}
