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
    /// <returns>How far it came.</returns>
    public async Task<BodyDrainResult> RunAsync(PipeReader body, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _running) > options.Drains)
                return BodyDrainResult.TooMany;
            using var time = new CancellationTokenSource(options.DrainTime, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
            return await ReadAwayAsync(body, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return BodyDrainResult.LimitReached;
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException or ConnectionAbortedException)
        {
            // The sender is gone: nobody is left to read the fault.
            return BodyDrainResult.Ended;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    async Task<BodyDrainResult> ReadAwayAsync(PipeReader body, CancellationToken ct)
    {
        for (var left = options.DrainBytes; left > 0;)
        {
            var read = await body.ReadAsync(ct);
            left -= read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return BodyDrainResult.Ended;
        }
        return BodyDrainResult.LimitReached;
    }
}
