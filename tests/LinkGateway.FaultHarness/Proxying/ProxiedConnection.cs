using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace LinkGateway.FaultHarness.Proxying;

/// <summary>One connection through the proxy, and what may happen to it.</summary>
sealed class ProxiedConnection(FaultProxy proxy, Socket caller) : IDisposable
{
    const int Depth = 64;

    readonly Socket _behind = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly CancellationTokenSource _broken = new();
    volatile bool _cut;
    volatile bool _dropsUp;
    volatile bool _dropsDown;
    volatile bool _cutByAnswer;
    volatile bool _flips;

    /// <summary>Cuts both sides, as by a machine that is gone.</summary>
    public void Cut()
    {
        _cut = true;
        _ = _broken.CancelAsync();
    }

    /// <summary>What the caller sends gets no further; nobody is told.</summary>
    public void DropUp() => _dropsUp = true;

    /// <summary>What is answered gets no further; nobody is told.</summary>
    public void DropDown() => _dropsDown = true;

    /// <summary>The next answer is lost whole, and the connection with it.</summary>
    public void LoseAnswer() => _cutByAnswer = true;

    /// <summary>Flips one bit of the bytes at hand.</summary>
    public void Flip() => _flips = true;

    public async Task ServeAsync(CancellationToken closing)
    {
        caller.NoDelay = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(closing, _broken.Token);
        try
        {
            if (proxy.Refuses) return;
            await using var near = await NearAsync(ended.Token);
            if (proxy.Garbage is { } garbage)
            {
                await AnswerAsync(near, garbage, ended.Token);
                return;
            }
            await _behind.ConnectAsync(IPAddress.Loopback, proxy.Target, ended.Token);
            await using var far = await FarAsync(ended.Token);
            // One side gone: the other is cut too.
            await Task.WhenAny(
                PumpAsync(near, far, up: true, ended.Token),
                PumpAsync(far, near, up: false, ended.Token));
            // Before the streams: closing one of TLS says good-bye.
            if (_cut) Reset();
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Nobody behind it, or cut.
        }
        await ended.CancelAsync();
        if (_cut) Reset();
    }

    public void Dispose()
    {
        caller.Dispose();
        _behind.Dispose();
    }

    // A close in order would look like the end of an answer.
    void Reset()
    {
        try
        {
            caller.LingerState = new LingerOption(true, 0);
            caller.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone before.
        }
    }

    async ValueTask<Stream> NearAsync(CancellationToken ended)
    {
        var raw = new NetworkStream(caller);
        if (proxy.Certificate is not { } certificate) return raw;
        var tls = new SslStream(raw);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ended);
        return tls;
    }

    async ValueTask<Stream> FarAsync(CancellationToken ended)
    {
        var raw = new NetworkStream(_behind);
        if (proxy.Certificate is null) return raw;
        var tls = new SslStream(raw);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null },
            ended);
        return tls;
    }

    static bool IsBroken(Exception e) =>
        e is SocketException or IOException or OperationCanceledException or ObjectDisposedException or AuthenticationException;

    static async Task AnswerAsync(Stream near, byte[] garbage, CancellationToken ended)
    {
        var buffer = new byte[64 * 1024];
        if (await near.ReadAsync(buffer, ended) > 0) await near.WriteAsync(garbage, ended);
    }

    async Task PumpAsync(Stream from, Stream to, bool up, CancellationToken ended)
    {
        // Reading goes on while what was read waits for its delay: latency does not lower the rate.
        var line = Channel.CreateBounded<(byte[] Data, long Due)>(Depth);
        var writing = WriteAsync(to, up, line.Reader, ended);
        try
        {
            while (true)
            {
                var buffer = new byte[proxy.Rate(up).Portion];
                var read = await from.ReadAsync(buffer, ended);
                if (read == 0) break;
                await line.Writer.WriteAsync((buffer[..read], Environment.TickCount64 + (long)proxy.Delay.TotalMilliseconds), ended);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Cut.
        }
        line.Writer.Complete();
        await writing;
    }

    async Task WriteAsync(Stream to, bool up, ChannelReader<(byte[] Data, long Due)> line, CancellationToken ended)
    {
        try
        {
            await foreach (var (data, due) in line.ReadAllAsync(ended))
            {
                if (due > Environment.TickCount64) await Task.Delay((int)(due - Environment.TickCount64), ended);
                if (up) proxy.Look(this, data);
                else if (_cutByAnswer) Cut();
                await proxy.OpenAsync(ended);
                await proxy.Rate(up).PassAsync(data.Length, ended);
                if (_cut) return;
                if (up ? _dropsUp : _dropsDown) continue;
                if (up && _flips)
                {
                    _flips = false;
                    data[data.Length / 2] ^= 0x10;
                }
                await to.WriteAsync(data, ended);
                proxy.Count(up, data.Length);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Cut.
        }
    }
}
