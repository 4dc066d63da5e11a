using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.FaultHarness.Gateways;

namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>Sends the files of one system: each at its time, or as fast as it can, again where it is told to wait.</summary>
sealed class NightSender(NightLedger ledger, BatchClient gateway, int seed)
{
    const int Block = 1 << 20;

    // One block is as good as a file of its own: what follows is the same block with its number in front.
    readonly byte[] _block = RandomBlock(seed);
    int _next = -1;

    /// <summary>Sends all.</summary>
    public async Task SendAsync(TimeSpan night, CancellationToken cancellationToken)
    {
        var participant = ledger.Participant;
        var begin = night * participant.From;
        var step = (night * (participant.Until - participant.From)) / participant.Files;
        await Task.Delay(begin, cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, participant.AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref _next) is var index && index < participant.Files)
            {
                var early = (step * index) - TimeProvider.System.GetElapsedTime(start);
                if (early > TimeSpan.Zero) await Task.Delay(early, cancellationToken);
                await SendOneAsync(index, cancellationToken);
            }
        }));
    }

    async Task SendOneAsync(int index, CancellationToken cancellationToken)
    {
        var participant = ledger.Participant;
        var name = $"{participant.Id}-{index:D5}.csv";
        var sha256 = DigestOf(index, participant.Size);
        var request = new SubmitFileRequest
        {
            Transfer = new TransferReference { TransferId = name },
            Manifest = new Manifest
            {
                Origin = participant.Id,
                Receivers = [participant.Receiver],
                InterfaceId = FleetConfiguration.Interface,
                TransferId = name,
                Kind = "full",
                Environment = "test",
                FileName = name,
                Size = participant.Size,
                Sha256 = sha256,
            },
        };
        ledger.Begin(name, sha256);
        while (true)
        {
            var content = new UploadContent(participant.Size, (position, buffer, _) => ValueTask.FromResult(Read(index, position, buffer)));
            var answer = await gateway.SubmitFileAsync(request, content, cancellationToken);
            if (answer is { Answered: true, Value.State: "Accepted" }) break;
            if (!answer.Answered && !answer.Temporary) throw new InvalidOperationException($"{name}: {answer.Reason}");
            ledger.ToldToWait();
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(answer.Refusal?.RetryAfter?.TotalSeconds ?? 1, 0.2, 5)), cancellationToken);
        }

        ledger.Accepted(name);
    }

    int Read(int index, long position, Memory<byte> buffer)
    {
        var left = ledger.Participant.Size - position;
        var offset = (int)(position % Block);
        var piece = (int)Math.Min(Math.Min(left, Block - offset), buffer.Length);
        var head = Head(index, position / Block);
        for (var i = 0; i < piece; i++)
        {
            if (offset + i >= head.Length)
            {
                _block.AsSpan(offset + i, piece - i).CopyTo(buffer.Span[i..]);
                break;
            }

            buffer.Span[i] = head[offset + i];
        }

        return piece;
    }

    Sha256Digest DigestOf(int index, long size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Block];
        for (long position = 0; position < size;)
        {
            var read = Read(index, position, buffer);
            hash.AppendData(buffer.AsSpan(0, read));
            position += read;
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }

    static byte[] Head(int index, long block)
    {
        var head = new byte[16];
        BitConverter.TryWriteBytes(head, (long)index);
        BitConverter.TryWriteBytes(head.AsSpan(8), block);
        return head;
    }

    static byte[] RandomBlock(int seed)
    {
        var block = new byte[Block];
        new Random(seed).NextBytes(block);
        return block;
    }
}
