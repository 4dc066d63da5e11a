using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Server.Tests.Support;

/// <summary>Keeps what was logged, and waits for events.</summary>
sealed class LogCapture : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<(int Id, string Text)> _entries = new();
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Texts(int eventId) => _entries.Where(entry => entry.Id == eventId).Select(entry => entry.Text);

    /// <summary>Waits until the event was logged so many times; only a hanging test meets the time-out.</summary>
    public Task WaitForAsync(int eventId, int times = 1) => UntilAsync(() => Texts(eventId).Count() >= times);

    /// <summary>Waits until the event was logged with a text of which this is a part; only a hanging test meets the time-out.</summary>
    /// <returns>The whole text.</returns>
    public async Task<string> WaitForAsync(int eventId, string part)
    {
        string? found = null;
        await UntilAsync(() =>
        {
            found = Texts(eventId).FirstOrDefault(text => text.Contains(part, StringComparison.Ordinal));
            return found is not null;
        });
        return found!;
    }

    async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition())
                return;
            await changed.WaitAsync(TimeSpan.FromMinutes(3));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue((eventId.Id, formatter(state, exception)));
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    public void Dispose()
    {
    }
}
