using System.Globalization;
using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Writes the gateway's signed statements, numbered, each with the digest of the one before. The file is durable before the journal says
/// so: a crash between leaves a file that the same number replaces.
/// </summary>
/// <param name="services">The ports.</param>
/// <param name="files">The file system of the archive.</param>
/// <param name="folder">Where the statements lie.</param>
sealed class StatementBook(CoreServices services, IFileSystem files, string folder)
{
    const string NoteName = "statement/last";

    /// <summary>The number of the next statement.</summary>
    public async ValueTask<long> NextAsync(CancellationToken cancellationToken) => (await LastAsync(cancellationToken)).Number + 1;

    /// <summary>Writes the next statement, and enters in the batch that it was written.</summary>
    public async ValueTask WriteAsync(
        string kind, IReadOnlyList<StatementEntry> entries, JournalBatch batch, CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        var gateway = services.Configuration.Current.Configuration.Gateway;
        var content = new StatementContent
        {
            Number = last.Number + 1,
            Kind = kind,
            Issuer = gateway.Id,
            Environment = gateway.Environment.WireName(),
            At = services.Now,
            Predecessor = last.Sha256 is { } digest && Sha256Digest.TryParse(digest, out var predecessor) ? predecessor : null,
            Entries = entries,
        };
        var document = services.Signer.Sign(content);
        await files.CreateDirectoryAsync(folder, cancellationToken);
        await files.WriteWholeAsync(Path.Combine(folder, NameOf(content.Number)), document, cancellationToken);
        var now = new LastStatement(content.Number, Sha256Digest.Of(document).ToString());
        batch.Notes.Add(new JournalNote(NoteName, JsonSerializer.Serialize(now, RetentionJson.Default.LastStatement)));
    }

    static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"statement-{number:D9}.xml");

    async ValueTask<LastStatement> LastAsync(CancellationToken cancellationToken)
    {
        var notes = await services.Journal.NotesAsync(NoteName, cancellationToken);
        return notes is [{ Value: { } kept }, ..]
            ? JsonSerializer.Deserialize(kept, RetentionJson.Default.LastStatement)!
            : new LastStatement(0, null);
    }
}
