using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Server.Tests.Support;

/// <summary>Requests of kaoku.</summary>
static class Files
{
    public static SubmitFileRequest Request(
        byte[] content, string transferId, string interfaceId = "kaoku-ido", string origin = "kaoku") => new()
        {
            Transfer = new TransferReference { TransferId = transferId },
            Manifest = Manifest(content, transferId, interfaceId, origin),
            File = "",
        };

    public static ValueTask<BatchAnswer<AcceptResult>> SubmitAsync(BatchClient client, byte[] content, string transferId) =>
        client.SubmitFileAsync(Request(content, transferId), UploadContent.From(content), CancellationToken.None);

    public static GetTransferStatusRequest Status(string transferId, string? origin = null) => new()
    {
        Transfer = new TransferReference { TransferId = transferId, Origin = origin },
    };

    static Manifest Manifest(byte[] content, string transferId, string interfaceId, string origin) => new()
    {
        Origin = origin,
        Receivers = ["juki"],
        InterfaceId = interfaceId,
        TransferId = transferId,
        Kind = "full",
        Environment = "test",
        FileName = "kaoku.csv",
        Size = content.Length,
        Sha256 = Sha256Digest.Of(content),
    };
}
