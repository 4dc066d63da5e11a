using System.Text;
using System.Xml;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.LoadBench.Load;

/// <summary>The SOAP envelopes of the batch operations.</summary>
static class Envelopes
{
    /// <summary>Reference to the attachment.</summary>
    public const string FileReference = "cid:" + SwaMessage.FileId;

    /// <summary>A manifest that the gateways under test accept.</summary>
    public static Manifest Manifest(string transferId, string linkageInterface, long? size = null, string? sha256 = null) => new()
    {
        Origin = GatewayUnderTest.Origin,
        Receivers = [GatewayUnderTest.Receiver],
        InterfaceId = linkageInterface,
        TransferId = transferId,
        Kind = "full",
        Environment = "test",
        FileName = "bench.csv",
        Size = size,
        Sha256 = sha256 is null ? null : Digest(sha256),
    };

    public static string Submit(Manifest manifest) => Write(BatchOperations.SubmitFile, new SubmitFileRequest
    {
        Transfer = new TransferReference(),
        Manifest = manifest,
        File = FileReference,
    });

    public static string Open(Manifest manifest) => Write(BatchOperations.OpenTransfer, new OpenTransferRequest
    {
        Transfer = new TransferReference(),
        Manifest = manifest,
    });

    public static string Put(string transferId, int index, long offset, long length, string sha256) =>
        Write(BatchOperations.PutChunk, new PutChunkRequest
        {
            Transfer = new TransferReference { TransferId = transferId },
            Attempt = 1,
            Index = index,
            Offset = offset,
            Length = length,
            Sha256 = Digest(sha256),
            File = FileReference,
        });

    public static string Commit(string transferId, long size, string sha256) =>
        Write(BatchOperations.CommitTransfer, new CommitTransferRequest
        {
            Transfer = new TransferReference { TransferId = transferId },
            Attempt = 1,
            Size = size,
            Sha256 = Digest(sha256),
        });

    static Sha256Digest Digest(string hex) => new(Convert.FromHexString(hex));

    static string Write<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, TRequest request)
        where TRequest : class
        where TResult : class
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("e", "Envelope", "http://schemas.xmlsoap.org/soap/envelope/");
            xml.WriteStartElement("e", "Body", "http://schemas.xmlsoap.org/soap/envelope/");
            operation.WriteRequest(xml, request);
        }

        return text.ToString();
    }
}
