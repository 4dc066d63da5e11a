using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>Files and variables in memory. A path that ends in .cer holds a certificate named after the file.</summary>
sealed class TestHost : IConfigurationHost
{
    static readonly ConcurrentDictionary<string, byte[]> Certificates = new();

    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public static byte[] Certificate(string name) => Certificates.GetOrAdd(name, static name =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.RawData;
    });

    public byte[] ReadFile(string path)
    {
        if (Files.TryGetValue(path, out var text)) return Encoding.UTF8.GetBytes(text);
        if (path.EndsWith(".cer", StringComparison.Ordinal)) return Certificate(Path.GetFileName(path));
        throw new FileNotFoundException("no such file", path);
    }

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);
}
