namespace LinkGateway.Core.Transfers;

/// <summary>Bounds answers that are lists: clients read 4 MiB by default, in which documents travel as base64.</summary>
static class AnswerPage
{
    const long MaxBytes = 2L << 20;

    // The plain fields beside a document, tags included.
    const int Around = 2 << 10;

    /// <summary>As many of the items, from the first on, as fit an answer; one always.</summary>
    public static List<T> Cut<T>(IReadOnlyList<T> items, Func<T, long> bytes)
    {
        List<T> page = new(items.Count);
        long total = 0;
        foreach (var item in items)
        {
            total += bytes(item) + Around;
            if (total > MaxBytes && page.Count > 0) break;
            page.Add(item);
        }

        return page;
    }
}
