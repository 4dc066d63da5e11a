using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Benchmarks.Receipts;

/// <summary>What a signed receipt costs beside the bare signature of the same key. Wanted: thousands a second on one core.</summary>
[MemoryDiagnoser]
public class ReceiptBenchmarks
{
    static readonly ReceiptContent Content = new()
    {
        ReceiptId = "r-1",
        Kind = ReceiptKind.Accepted,
        Issuer = "gw-fujisawa",
        Origin = "142051-kaoku",
        TransferId = "2026-11-22-0001",
        Receiver = "",
        Replay = 0,
        ManifestDigest = Sha256Digest.Of("manifest"u8),
        Size = 268_435_456,
        Sha256 = Sha256Digest.Of("file"u8),
        ChunkSize = 16_777_216,
        Root = Sha256Digest.Of("root"u8),
        Environment = "production",
        Attempt = 1,
        AcceptedAt = new DateTimeOffset(2026, 11, 22, 1, 2, 5, TimeSpan.FromHours(9)),
    };

    static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    static readonly X509Certificate2 Certificate = new CertificateRequest("CN=benchmark", Key, HashAlgorithmName.SHA256)
        .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    static readonly ReceiptSigner Signer = new(Certificate);

    readonly ReceiptContent _content = Content;
    readonly byte[] _signedInfo = new byte[800];
    readonly byte[] _receipt = Signer.Sign(Content);

    [Benchmark(Baseline = true)]
    public byte[] BareSignature() => Key.SignData(_signedInfo, HashAlgorithmName.SHA256);

    [Benchmark]
    public byte[] Sign() => Signer.Sign(_content);

    [Benchmark]
    public ReceiptVerification Verify() => ReceiptVerifier.Verify(_receipt, [Certificate]);
}
