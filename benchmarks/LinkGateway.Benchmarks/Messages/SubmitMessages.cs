using System.Buffers;
using System.Text;
using LinkGateway.Benchmarks.Gateway;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Benchmarks.Messages;

/// <summary>SubmitFile messages as a partner's toolkit sends them.</summary>
static class SubmitMessages
{
    const string Boundary = "linkgateway-bench-boundary";

    public static string ContentType => $"multipart/related; boundary=\"{Boundary}\"; type=\"text/xml\"; start=\"<root@bench>\"";

    public static byte[] End => Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");

    public static SubmitFileRequest Request(string transferId) => new()
    {
        Transfer = new TransferReference(),
        Manifest = new Manifest
        {
            Origin = GatewayInProcess.Origin,
            Receivers = [GatewayInProcess.Receiver],
            InterfaceId = GatewayInProcess.Interface,
            TransferId = transferId,
            Kind = "full",
            Environment = "test",
            FileName = "bench.csv",
        },
        File = "cid:file@bench",
    };

    public static byte[] Envelope(string transferId)
    {
        var envelope = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.Write(
            envelope, SoapVersion.Soap11, writer => BatchOperations.SubmitFile.WriteRequest(writer, Request(transferId)));
        return envelope.WrittenSpan.ToArray();
    }

    /// <summary>The message up to the first byte of its file.</summary>
    public static byte[] Begin(string transferId) => [
        .. Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
            + "Content-ID: <root@bench>\r\n\r\n"),
        .. Envelope(transferId),
        .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\n"
            + "Content-ID: <file@bench>\r\n\r\n"),
    ];
}
