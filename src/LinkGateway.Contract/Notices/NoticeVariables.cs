using System.Globalization;

namespace LinkGateway.Contract.Notices;

/// <summary>The environment variables in which a hook finds what a notice says; all of it is on its standard input, too.</summary>
public static class NoticeVariables
{
    /// <summary>The variables of a notice; what it does not hold is left out.</summary>
    public static Dictionary<string, string> Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Dictionary<string, string?> facts = new()
        {
            ["LINKGW_NOTICE_ID"] = notice.NoticeId,
            ["LINKGW_NOTICE_NUMBER"] = Number(notice.Number),
            ["LINKGW_NOTICE_STAGE"] = Word(notice.Stage),
            ["LINKGW_NOTICE_KIND"] = notice.Kind,
            ["LINKGW_NOTICE_SEVERITY"] = Word(notice.Severity),
            ["LINKGW_NOTICE_SUBJECTS"] = string.Join(',', notice.Subjects),
            ["LINKGW_NOTICE_TITLE"] = notice.Title,
            ["LINKGW_NOTICE_TITLE_JA"] = notice.TitleJa,
            ["LINKGW_NOTICE_TEXT"] = notice.Text,
            ["LINKGW_NOTICE_ACT"] = notice.Act,
            ["LINKGW_NOTICE_ADVICE"] = notice.Advice,
            ["LINKGW_NOTICE_SINCE"] = Instant(notice.Since),
            ["LINKGW_NOTICE_UNTIL"] = Instant(notice.Until),
            ["LINKGW_NOTICE_LASTED_SECONDS"] = Number(notice.LastedSeconds),
            ["LINKGW_NOTICE_AFFECTED"] = notice.Affected is { } affected ? (affected ? "yes" : "no") : null,
            ["LINKGW_NOTICE_DELIVERIES"] = Number(notice.Facts?.Deliveries),
            ["LINKGW_NOTICE_BYTES"] = Number(notice.Facts?.Bytes),
            ["LINKGW_NOTICE_PARTNERS"] = notice.Facts is { } counted ? string.Join(',', counted.Partners) : null,
            ["LINKGW_NOTICE_FORECAST"] = Instant(notice.Forecast),
            ["LINKGW_GATEWAY"] = notice.Gateway,
            ["LINKGW_ENVIRONMENT"] = notice.Environment,
        };
        return facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Key, fact => fact.Value!);
    }

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    static string? Instant(DateTimeOffset? value) => value?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
