using System.Net;
using System.Net.Sockets;

namespace LinkGateway.Benchmarks.Gateway;

/// <summary>A receiver that gives every request the same answer and allocates nothing for it; a thread for each connection.</summary>
sealed class RawBackend : IDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly byte[] _answer;

    public RawBackend(byte[] answer)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/lookup");
        Start(Accept);
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Dispose();

    void Accept()
    {
        try
        {
            while (true)
            {
                var connection = _listener.Accept();
                connection.NoDelay = true;
                Start(() => Answer(connection));
            }
        }
        catch (SocketException)
        {
            // The listener was closed: the benchmark is over.
        }
    }

    void Answer(Socket connection)
    {
        using var http = new RawHttp(connection);
        try
        {
            while (!http.Receive().IsEmpty) http.Send(_answer);
        }
        catch (SocketException)
        {
            // The gateway has stopped.
        }
    }

    static void Start(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();
}
