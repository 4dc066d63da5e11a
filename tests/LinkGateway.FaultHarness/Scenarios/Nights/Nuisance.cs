using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Gateways;

namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>What a misbehaving system does beside its work: asks for what it may not, sends drop by drop, and says nonsense.</summary>
sealed class Nuisance(NightParticipant participant, Func<BatchClient> connect, GatewayProcess entry)
{
    const int Drips = 40;
    const int Askers = 2;

    static readonly byte[] Nonsense = "POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n<x"u8.ToArray();

    int _asked;

    /// <summary>Requests that were refused so far.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Misbehaves until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(0, Drips).Select(index => DripAsync(index, cancellationToken))
            .Concat(Enumerable.Range(0, Askers).Select(_ => AskAsync(cancellationToken)))
            .Append(TalkNonsenseAsync(cancellationToken));
        try
        {
            await Task.WhenAll(all);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The night is over.
        }
    }

    // An upload that is announced large and comes a few bytes a second: it takes a place among those that are taken in.
    async Task DripAsync(int index, CancellationToken cancellationToken)
    {
        var gateway = connect();
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            var request = Request($"drip-{index}-{turn}", FleetConfiguration.Interface, 1 << 30);
            var content = new UploadContent(1 << 30, async (_, buffer, token) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), token);
                buffer.Span[0] = (byte)'x';
                return 1;
            });
            var answer = await gateway.SubmitFileAsync(request, content, cancellationToken);
            if (!answer.Answered) await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    async Task AskAsync(CancellationToken cancellationToken)
    {
        var gateway = connect();
        while (!cancellationToken.IsCancellationRequested)
        {
            var request = Request("not-allowed", "no-such-interface", 4);
            var answer = await gateway.SubmitFileAsync(request, UploadContent.From("none"u8.ToArray()), cancellationToken);
            if (answer.Answered) throw new InvalidOperationException("What no route names was accepted.");
            Interlocked.Increment(ref _asked);
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    async Task TalkNonsenseAsync(CancellationToken cancellationToken)
    {
        using var expected = X509CertificateLoader.LoadCertificateFromFile(entry.TlsCertificate);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", entry.Ports[0], cancellationToken);
                await using var tls = new SslStream(client.GetStream(), false, (_, shown, _, _) => expected.Equals(shown));
                await tls.AuthenticateAsClientAsync("127.0.0.1");
                await tls.WriteAsync(Nonsense, cancellationToken);
                await tls.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
            }
            catch (IOException)
            {
                // Thrown out, as it should be.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    SubmitFileRequest Request(string id, string interfaceId, long size) => new()
    {
        Transfer = new TransferReference { TransferId = id },
        Manifest = new Manifest
        {
            Origin = participant.Id,
            Receivers = [participant.Receiver],
            InterfaceId = interfaceId,
            TransferId = id,
            Kind = "full",
            Environment = "test",
            FileName = id + ".csv",
            Size = size,
        },
    };
}
