using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Throws refused bodies away after the fault was flushed: a connection closed with unread bytes is reset, and old clients, which send
/// all before they read, would see the reset and not the fault. Thread-safe.
/// </summary>
sealed class BodyDrain(SoapHostOptions options)
{
    int _running;

    /// <summary>Reads until the body ends or a limit is reached.</summary>
    /// <returns>False where as many drains as allowed are running, and nothing was read.</returns>
    public async Task<bool> RunAsync(PipeReader body, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _running) > options.Drains)
                return false;
            using var time = new CancellationTokenSource(options.DrainTime, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
            await ReadAwayAsync(body, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException or ConnectionAbortedException)
        {
            // The sender is gone, or its time is over: either way there is nobody left to read the fault.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
        return true;
    }

    async Task ReadAwayAsync(PipeReader body, CancellationToken ct)
    {
        for (var left = options.DrainBytes; left > 0;)
        {
            var read = await body.ReadAsync(ct);
            left -= read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }
}
