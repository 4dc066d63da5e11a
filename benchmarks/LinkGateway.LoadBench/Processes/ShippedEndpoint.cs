using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LinkGateway.LoadBench.Processes;

/// <summary>
/// The comparator of intake as the framework's own parts make it: Kestrel's default blocks and MultipartReader, the same digests (whole,
/// and each 16 MiB), a new file, one after the other in the request.
/// </summary>
static class ShippedEndpoint
{
    const int BufferSize = 128 << 10;
    const long ChunkSize = 16 << 20;

    /// <summary>Serves until killed: <c>FOLDER fsync|nosync http|https</c>.</summary>
    public static Task RunAsync(string ready, string[] arguments)
    {
        var (folder, fsync, https) = (arguments[0], arguments[1] == "fsync", arguments[2] == "https");
        return BareServer.RunAsync(ready, AnswerAsync, largeBlocks: false, https);

        async Task AnswerAsync(HttpContext context)
        {
            var path = Path.Combine(folder, $"{Guid.NewGuid():N}.shipped");
            await context.Response.WriteAsync(await TakeInAsync(context, path, fsync));
            File.Delete(path);
        }
    }

    static async Task<string> TakeInAsync(HttpContext context, string path, bool fsync)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(context.Request.ContentType).Boundary).Value!;
        var parts = new MultipartReader(boundary, context.Request.Body);
        var root = await parts.ReadNextSectionAsync();
        await root!.Body.DrainAsync(CancellationToken.None);
        var file = await parts.ReadNextSectionAsync();
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
        {
            var buffer = new byte[BufferSize];
            long offset = 0;
            int length;
            while ((length = await file!.Body.ReadAtLeastAsync(buffer, BufferSize, throwOnEndOfStream: false)) > 0)
            {
                whole.AppendData(buffer, 0, length);
                chunk.AppendData(buffer, 0, length);
                offset += length;
                if (offset % ChunkSize == 0) chunk.GetHashAndReset();
                await stream.WriteAsync(buffer.AsMemory(0, length));
            }

            if (fsync) stream.Flush(flushToDisk: true);
        }

        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }
}
