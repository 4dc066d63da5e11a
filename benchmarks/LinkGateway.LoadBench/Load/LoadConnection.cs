using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace LinkGateway.LoadBench.Load;

/// <summary>A kept connection of the load generator, with at most one request under way. Never blocks.</summary>
sealed class LoadConnection : Socket
{
    readonly LoadMessage _message;
    readonly byte[] _answer = new byte[1 << 15];
    int _sent;
    int _received;
    long _since;

    public LoadConnection(LoadMessage message)
        : base(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        _message = message;
        NoDelay = true;
        Connect(message.Address.Host, message.Address.Port);
        Blocking = false;
    }

    /// <summary>Whether a part of the request is still to be sent.</summary>
    public bool Sending => _sent < _message.Bytes.Length;

    /// <summary>Begins the next request.</summary>
    /// <param name="since">From when on its time counts.</param>
    public void Begin(long since)
    {
        (_since, _sent, _received) = (since, 0, 0);
        _message.Renew();
        Continue();
    }

    /// <summary>Sends as much as goes.</summary>
    public void Continue()
    {
        _sent += Send(_message.Bytes.AsSpan(_sent), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
    }

    /// <summary>Takes in what has come.</summary>
    /// <returns>How long the call took, in milliseconds, when the answer is whole; else null.</returns>
    public double? Receive()
    {
        var read = Receive(_answer.AsSpan(_received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return null;
        if (read == 0) throw new InvalidOperationException($"The connection ended ({error}): {Answer}");
        _received += read;
        if (!IsWhole()) return null;
        var answer = _answer.AsSpan(0, _received);
        if (Sending || !answer.StartsWith("HTTP/1.1 200"u8) || answer.IndexOf(_message.Expected) < 0)
            throw new InvalidOperationException($"Another answer was expected: {Answer}");
        return Stopwatch.GetElapsedTime(_since).TotalMilliseconds;
    }

    string Answer => Encoding.UTF8.GetString(_answer, 0, _received);

    bool IsWhole()
    {
        var answer = _answer.AsSpan(0, _received);
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var field = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (field < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(field + 18)..], out int length, out _) && _received == head + 4 + length;
    }
}
