namespace LinkGateway.LoadBench.Load;

/// <summary>OpenTransfer, PutChunk with some chunks in flight, CommitTransfer: raw, with digests that are known beforehand.</summary>
static class ChunkedTransfer
{
    /// <summary>Sends a file.</summary>
    /// <param name="address">Of the batch service.</param>
    /// <param name="linkageInterface">The file's interface.</param>
    /// <param name="file">The file.</param>
    /// <param name="inFlight">Chunks on the way at the same time.</param>
    public static async Task SendAsync(Uri address, string linkageInterface, BodyFile file, int inFlight)
    {
        var id = $"{Guid.NewGuid()}";
        await RawSender.CallAsync(address, Envelopes.Open(Envelopes.Manifest(id, linkageInterface, file.Size)));
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => SendSomeAsync()));
        var answer = await RawSender.CallAsync(address, Envelopes.Commit(id, file.Size, file.Sha256));
        while (answer.Contains(">Verifying<", StringComparison.Ordinal))
        {
            await Task.Delay(20);
            answer = await RawSender.CallAsync(address, Envelopes.Commit(id, file.Size, file.Sha256));
        }

        if (!answer.Contains(file.Sha256, StringComparison.Ordinal))
            throw new InvalidOperationException($"The answer lacks the digest: {answer}");

        async Task SendSomeAsync()
        {
            for (int index; (index = Interlocked.Increment(ref next)) < file.ChunkDigests.Count;)
            {
                var offset = (long)index * BodyFile.ChunkSize;
                var length = Math.Min(BodyFile.ChunkSize, file.Size - offset);
                await RawSender.PostAsync(
                    Upload.Attachment(address, Envelopes.Put(id, index, offset, length, file.ChunkDigests[index]), file) with
                    {
                        Offset = offset,
                        Length = length,
                    });
            }
        }
    }
}
