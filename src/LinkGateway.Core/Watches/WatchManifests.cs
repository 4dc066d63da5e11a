using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Watching;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Watches;

/// <summary>What is said of the files of one watched folder.</summary>
sealed class WatchManifests(WatchSettings settings, OperatingEnvironment environment)
{
    // Of a name in Japanese these are as many bytes as leave room for the rest in the name of a receipt's file.
    const int NameInId = 50;

    readonly NameFields? _fields =
        settings.NamePattern is { } pattern && NameFields.TryParse(pattern, out var fields, out _) ? fields : null;

    /// <summary>
    /// The id of a file's transfer. It follows from the file itself, so that whoever comes back to the file after a crash, at whatever
    /// step, comes back to the same transfer; the journal, which knows what became of that, is all the memory that is needed.
    /// </summary>
    public string TransferIdOf(FileFacts file)
    {
        var text = Encoding.UTF8.GetBytes($"{settings.Id}\n{file.Name}\n");
        var bytes = new byte[text.Length + 16];
        text.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(text.Length), file.Size);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(text.Length + 8), file.ModifiedAt.UtcTicks);
        var at = file.ModifiedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = string.Concat(file.Name.Where(c => !char.IsControl(c)).Take(NameInId));

        // Half a pair is no character, and no id.
        if (name.Length > 0 && char.IsHighSurrogate(name[^1])) name = name[..^1];
        return $"{at}-{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}-{name}";
    }

    /// <summary>The manifest of a file; the same each time.</summary>
    public Outcome<Manifest> Of(FileFacts file)
    {
        var said = settings.Manifest;
        var manifest = new Manifest
        {
            Origin = settings.Origin,
            Receivers = settings.Receivers,
            InterfaceId = settings.Interface,
            TransferId = TransferIdOf(file),
            Kind = said.Kind,
            Environment = environment.WireName(),
            FileName = file.Name,
            Size = file.Size,
            CreatedAt = file.ModifiedAt,
            InterfaceVersion = said.InterfaceVersion,
            BusinessUnit = said.BusinessUnit,
            OriginOrganisation = said.OriginOrganisation,
            ReceiverOrganisation = said.ReceiverOrganisation,
            LayoutVersion = said.LayoutVersion,
            DataClass = said.DataClass,
            LegalBasis = said.LegalBasis,
            OrderGroup = said.OrderGroup,
            MediaType = said.MediaType,
            Charset = said.Charset,
            ContentEncoding = said.ContentEncoding,
        };
        if (_fields is null) return manifest;
        var filled = _fields.Fill(manifest, file.Name, out var problem);
        return problem is null ? filled : new Refusal(ErrorCatalogue.WatchedNameUnfit, file.Name, settings.Id, problem);
    }
}
