using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Notices;

/// <summary>Notices as operators list them. Thread-safe.</summary>
public sealed class NoticeQueries(IJournal journal)
{
    const int DefaultLimit = 50;
    const int MaxLimit = 500;

    /// <summary>Notices, newest first, a page at a time.</summary>
    /// <param name="openOnly">Only what is wrong at present.</param>
    /// <param name="limit">At most so many; 1 to 500, by default 50.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Outcome<NoticePage>> ListAsync(
        bool openOnly, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
            before = number;
        }

        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        try
        {
            var page = await journal.NoticesAsync(before, openOnly, size, cancellationToken);
            return new NoticePage
            {
                Notices = [.. page.Select(View)],
                Cursor = page.Count == size ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null,
            };
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }

    static NoticeEntry View(NoticeRecord notice) => new()
    {
        Number = notice.Number,
        NoticeId = notice.NoticeId,
        Stage = notice.Stage,
        Kind = NoticeTexts.Name(notice.Kind),
        Severity = NoticeTexts.Of(notice.Kind).Severity,
        Subjects = notice.Subjects,
        Text = notice.Text,
        Facts = notice.Facts,
        Since = notice.OpenedAt,
        Until = notice.ClearedAt,
        Flaps = notice.Flaps,
    };
}
