using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Notices;

/// <summary>Makes of the row of a notice what is told of it.</summary>
static class NoticeBuilder
{
    public static Notice Of(NoticeRecord record, GatewaySettings gateway)
    {
        var text = NoticeTexts.Of(record.Kind);
        return new Notice
        {
            NoticeId = record.NoticeId,
            Gateway = gateway.Id,
            Environment = gateway.Environment.WireName(),
            Stage = record.Stage,
            Kind = NoticeTexts.Name(record.Kind),
            Severity = text.Severity,
            Subjects = record.Subjects,
            Title = NoticeTexts.Title(text.Title, record.Subjects),
            TitleJa = NoticeTexts.Title(text.TitleJa, record.Subjects),
            Text = record.Text,
            Act = text.Act,
            ActJa = text.ActJa,
            Advice = text.Advice,
            AdviceJa = text.AdviceJa,
            Affected = record.Facts is { } facts ? facts.Deliveries > 0 : null,
            Facts = record.Facts,
            Forecast = record.Forecast,
            Since = record.OpenedAt,
            At = record.StageAt,
            Until = record.ResolvedAt is null ? null : record.ClearedAt,
            LastedSeconds = record.ResolvedAt is null ? null : (long)(record.ClearedAt - record.OpenedAt)!.Value.TotalSeconds,
            Flaps = record.Flaps,
        };
    }

    /// <summary>A notice that tries whether notices arrive.</summary>
    public static Notice Test(string noticeId, GatewaySettings gateway, DateTimeOffset now) => new()
    {
        NoticeId = noticeId,
        Gateway = gateway.Id,
        Environment = gateway.Environment.WireName(),
        Stage = NoticeStage.Test,
        Kind = "test",
        Severity = NoticeSeverity.Information,
        Subjects = [gateway.Id],
        Title = $"Test notice of {gateway.Id}",
        TitleJa = $"{gateway.Id} のテスト通知",
        Text = "Nothing is wrong: an operator tries whether notices arrive.",
        Act = "Nothing.",
        ActJa = "ありません。",
        Advice = "Nothing.",
        AdviceJa = "不要です。",
        Since = now,
        At = now,
    };
}
