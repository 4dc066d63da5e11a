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
    /// <param name="body">The rest of the body.</param>
    /// <param name="patience">The time in which the first byte must come; drainTime holds besides.</param>
    /// <param name="ct">Cancelled when the sender is gone.</param>
    /// <returns>How far it came.</returns>
    public async Task<BodyDrainResult> RunAsync(PipeReader body, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _running) > options.Drains)
                return BodyDrainResult.TooMany;
            using var time = new CancellationTokenSource(patience, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
            return await ReadAwayAsync(body, time, either.Token);
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

    async Task<BodyDrainResult> ReadAwayAsync(PipeReader body, CancellationTokenSource time, CancellationToken ct)
    {
        var patient = false;
        for (var left = options.DrainBytes; left > 0;)
        {
            var read = await body.ReadAsync(ct);
            if (!patient)
                time.CancelAfter(options.DrainTime);
            patient = true;
            left -= read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return BodyDrainResult.Ended;
        }
        return BodyDrainResult.LimitReached;
    }
}
