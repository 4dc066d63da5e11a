using System.Security.Cryptography;
using CoreWCF;
using LinkGateway.Soap.CoreWcf.Swa;

namespace LinkGateway.Samples.CoreWcfHost;

/// <summary>Takes files in: what a vendor writes, and all of it.</summary>
[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single, ConcurrencyMode = ConcurrencyMode.Multiple)]
public sealed class FileIntake : IFileIntake
{
    public async Task<Stored> StoreAsync(string file)
    {
        // Before the first await: afterwards CoreWCF may speak of another call.
        var attachments = SwaMessageProperty.Current!.Attachments;
        var attachment = await attachments.FindAsync(file, CancellationToken.None)
            ?? throw new FaultException($"The message has no attachment '{file}'.", FaultCode.CreateSenderFaultCode(null));
        await using var content = attachment.OpenStream();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        long bytes = 0;
        int read;
        while ((read = await content.ReadAsync(buffer)) > 0)
        {
            digest.AppendData(buffer, 0, read);
            bytes += read;
        }
        // Before anything is kept: a message without its closing boundary was cut off.
        await attachments.FinishAsync(CancellationToken.None);
        return new Stored { Bytes = bytes, Sha256 = Convert.ToHexStringLower(digest.GetHashAndReset()) };
    }
}
