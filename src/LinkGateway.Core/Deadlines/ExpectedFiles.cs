using LinkGateway.Contract.Operator;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Deadlines;

/// <summary>Which expected files have come, and when: by what the journal says was accepted.</summary>
public sealed class ExpectedFiles(CoreServices services)
{
    /// <summary>The list of today.</summary>
    public async ValueTask<ExpectedList> ReadAsync(CancellationToken cancellationToken)
    {
        var now = services.Now;
        var files = new List<ExpectedEntry>();
        foreach (var expectation in services.Configuration.Current.Expectations)
            if (await ReadAsync(expectation, now, cancellationToken) is { } entry) files.Add(entry);
        return new ExpectedList
        {
            Now = now,
            Files = [.. files.OrderBy(file => file.State == ExpectedState.Late ? 0 : 1).ThenBy(file => file.By)],
        };
    }

    /// <summary>How it stands with one; null where it has not been expected of late.</summary>
    internal async ValueTask<ExpectedEntry?> ReadAsync(Expectation expectation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (expectation.At(now) is not var (from, by)) return null;
        var settings = expectation.Settings;
        var arrived = await services.Journal.FirstAcceptedAsync(
            settings.Origin, settings.Interface, settings.Receiver, from, cancellationToken);
        return new ExpectedEntry
        {
            Origin = settings.Origin,
            InterfaceId = settings.Interface,
            Receiver = settings.Receiver,
            From = from.ToOffset(now.Offset),
            By = by.ToOffset(now.Offset),
            ArrivedAt = arrived?.ToOffset(now.Offset),
            State = arrived is null
                ? now < by ? ExpectedState.Due : ExpectedState.Late
                : arrived < by ? ExpectedState.Arrived : ExpectedState.ArrivedLate,
            Text = settings.Text,
        };
    }
}
