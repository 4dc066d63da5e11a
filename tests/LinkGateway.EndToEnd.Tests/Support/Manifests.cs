using LinkGateway.Contract.Manifests;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>What the origin says of a file.</summary>
static class Manifests
{
    /// <summary>A house file from the origin to the receiver behind gateway B.</summary>
    public static Manifest Of(string transferId, string fileName) => new()
    {
        Origin = Configurations.Origin,
        Receivers = [Configurations.Receiver],
        InterfaceId = Configurations.Interface,
        TransferId = transferId,
        Kind = "full",
        Environment = "test",
        FileName = fileName,
    };
}
