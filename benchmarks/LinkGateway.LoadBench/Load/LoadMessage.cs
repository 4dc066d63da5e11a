using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.LoadBench.Load;

/// <summary>A request made beforehand, of which only the transfer id changes from one sending to the next.</summary>
sealed class LoadMessage
{
    const string Placeholder = "############";
    static long s_sent;

    readonly int _id;

    LoadMessage(Uri address, byte[] bytes, string expected)
    {
        (Address, Bytes, Expected) = (address, bytes, Encoding.ASCII.GetBytes(expected));
        _id = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Placeholder));
    }

    public Uri Address { get; }

    public byte[] Bytes { get; }

    /// <summary>What every answer must hold.</summary>
    public byte[] Expected { get; }

    /// <summary>SubmitFile of a small file; each message made has other bytes, and so another digest.</summary>
    public static LoadMessage Submit(Uri address, string linkageInterface, int size)
    {
        var content = new byte[size];
        for (var i = 0; i < size; i++) content[i] = (byte)(i % 32 == 31 ? '\n' : 'a' + (i % 26));
        Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}").CopyTo(content, 0);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var envelope = Envelopes.Submit(Envelopes.Manifest(Placeholder, linkageInterface, size, sha256));
        byte[] body = [.. Encoding.UTF8.GetBytes(SwaMessage.Head(envelope)), .. content, .. Encoding.ASCII.GetBytes(SwaMessage.Tail)];
        return Make(address, SwaMessage.ContentType, body, sha256);
    }

    /// <summary>OpenTransfer.</summary>
    public static LoadMessage Open(Uri address, string linkageInterface) => Make(
        address, "text/xml; charset=utf-8",
        Encoding.UTF8.GetBytes(Envelopes.Open(Envelopes.Manifest(Placeholder, linkageInterface, 1 << 20))), ">Open<");

    /// <summary>The synchronous call.</summary>
    public static LoadMessage Lookup(Uri address) =>
        Make(address, "text/xml; charset=utf-8", LookupMessages.Request, "LookupResponse");

    /// <summary>Makes it a new transfer.</summary>
    public void Renew()
    {
        if (_id >= 0) Utf8Formatter.TryFormat(Interlocked.Increment(ref s_sent), Bytes.AsSpan(_id), out _, new StandardFormat('D', 12));
    }

    static LoadMessage Make(Uri address, string contentType, byte[] body, string expected) =>
        new(address, [.. HttpHead.Write("POST", address, contentType, body.Length, keep: true), .. body], expected);
}
