using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <content>Notices.</content>
sealed partial class ConfigurationRules
{
    // Within ten minutes of a fault somebody is to know of it.
    static readonly TimeSpan LongestBeforeTold = TimeSpan.FromMinutes(9);
    static readonly TimeSpan LongestPatience = TimeSpan.FromDays(7);
    static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(1);
    static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LongestBacklog = TimeSpan.FromDays(90);

    void CheckNotices()
    {
        var notices = _configuration.Notices;
        CheckSpan("$.notices.downAfter", notices.DownAfter, TimeSpan.Zero, LongestBeforeTold);
        CheckSpan("$.notices.heldAfter", notices.HeldAfter, TimeSpan.Zero, LongestPatience);
        CheckSpan("$.notices.inDoubtAfter", notices.InDoubtAfter, TimeSpan.Zero, LongestPatience);
        CheckSpan("$.notices.detailsAfter", notices.DetailsAfter, TimeSpan.Zero, LongestPatience);
        CheckSpan("$.notices.quiet", notices.Quiet, TimeSpan.Zero, LongestQuiet);
        CheckSpan("$.notices.giveUpAfter", notices.GiveUpAfter, TimeSpan.FromMinutes(1), LongestBacklog);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, webhook) in notices.Webhooks.Index())
        {
            CheckSinkId($"$.notices.webhooks[{index}].id", webhook.Id, ids);
            CheckWebhook($"$.notices.webhooks[{index}]", webhook);
        }

        foreach (var (index, hook) in notices.Hooks.Index())
        {
            CheckSinkId($"$.notices.hooks[{index}].id", hook.Id, ids);
            if (hook.Command.Count == 0)
                _errors.Add($"$.notices.hooks[{index}].command", "it is empty", "Name the program with its absolute path");
            CheckCommand($"$.notices.hooks[{index}].command", hook.Command);
            CheckSpan($"$.notices.hooks[{index}].timeLimit", hook.TimeLimit, TimeSpan.FromSeconds(1), LongestAnswer);
        }
    }

    void CheckSinkId(string path, string id, HashSet<string> ids)
    {
        CheckId(path, id);
        if (!ids.Add(id)) _errors.Add(path, $"'{id}' is the id of another sink", "Give each webhook and hook its own");
    }

    void CheckWebhook(string path, NoticeWebhook webhook)
    {
        CheckUrl($"{path}.url", webhook.Url, webhook.AllowPlainHttp);
        if (webhook.Credentials is { } credentials) CheckOutbound($"{path}.credentials", credentials);
        if (webhook is { Credentials.Basic: not null, Bearer: not null })
            _errors.Add($"{path}.bearer", "basic and bearer are both sent as Authorization", "State one of the two");
        CheckSecretIsUsable($"{path}.bearer", webhook.Bearer);
        CheckSecretIsUsable($"{path}.signingSecret", webhook.SigningSecret);
        CheckSpan($"{path}.timeout", webhook.Timeout, TimeSpan.FromSeconds(1), LongestAnswer);
    }

    void CheckCallbackOf(string path, ParticipantSettings participant)
    {
        if (participant.Notices is not { } callback) return;
        if (participant.Kind == ParticipantKind.Operator)
            _errors.Add(path, "an operator hands nothing in", "Use notices.webhooks, or remove it");
        CheckUrl($"{path}.url", callback.Url, callback.AllowPlainHttp);
        if (callback.Credentials is { } credentials) CheckOutbound($"{path}.credentials", credentials);
        if (callback.Kinds.Count == 0) _errors.Add($"{path}.kinds", "there is none", "Name at least one, or leave it out");
        CheckSpan($"{path}.silence", callback.Silence, TimeSpan.FromSeconds(1), LongestAnswer);
        CheckSpan($"{path}.giveUpAfter", callback.GiveUpAfter, TimeSpan.FromMinutes(1), LongestBacklog);
    }

    void CheckSpan(string path, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) _errors.Add(path, $"{value:c} is out of bounds", $"Use {least:c} to {most:c}");
    }
}
