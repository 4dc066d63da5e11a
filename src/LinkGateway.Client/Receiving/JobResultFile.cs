using System.Text.Json;

namespace LinkGateway.Client.Receiving;

/// <summary>
/// The file in which a job may say what it made of the records: <c>{"accepted": 9, "rejected": 1, "reference": "…",
/// "errors": [{"record": 7, "code": "…", "text": "…"}]}</c>, all optional.
/// </summary>
static class JobResultFile
{
    // What the gateway takes (DESIGN section 6, ConfirmReceipt); more would have the whole result refused.
    const int MaxErrors = 100;
    const int MaxReference = 255;
    const int MaxBytes = 1024 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Adds what the file says to the exit code. A file that cannot be read says nothing: the exit code decides.</summary>
    public static JobResult Read(string path, int exitCode)
    {
        var bare = new JobResult { ExitCode = exitCode };
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes) return bare;
            var said = JsonSerializer.Deserialize<Said>(File.ReadAllBytes(path), Json);
            if (said is null || said.Accepted < 0 || said.Rejected < 0) return bare;
            return bare with
            {
                Accepted = said.Accepted,
                Rejected = said.Rejected,
                Reference = said.Reference is { Length: > MaxReference } ? said.Reference[..MaxReference] : said.Reference,
                Errors = [.. (said.Errors ?? []).Where(error => error.Text is not null).Take(MaxErrors)],
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return bare;
        }
    }

    sealed record Said(long? Accepted, long? Rejected, string? Reference, IReadOnlyList<Contract.Receipts.RowError>? Errors);
}
