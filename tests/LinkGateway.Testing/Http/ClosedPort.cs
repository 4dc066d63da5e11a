using System.Net;
using System.Net.Sockets;

namespace LinkGateway.Testing.Http;

/// <summary>A port at which nobody listens, nor anybody begins to: a socket that is bound and takes no connections keeps it.</summary>
public static class ClosedPort
{
    static readonly Socket Bound = Bind();

    public static int Number => ((IPEndPoint)Bound.LocalEndPoint!).Port;

    static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
