using System.Text;
using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// What the fields of a manifest may hold (DESIGN section 6). Rules that need the configuration are in <see cref="AdmissionControl"/>.
/// </summary>
static class ManifestRules
{
    const int MaxSetCount = 1000;
    const int MaxReceivers = 1000;
    const int MaxText = 1000;
    const int MaxProperties = 100;
    const string NoText = "it holds what is no character, such as half a surrogate pair";

    /// <summary>The first rule that the manifest breaks; null when it keeps them all.</summary>
    public static Refusal? Check(Manifest manifest, DateTimeOffset now)
    {
        if (manifest.Receivers.Count == 0) return Missing("manifest.receiver");
        if (manifest.Receivers.Count > MaxReceivers) return Invalid("manifest.receiver", $"at most {MaxReceivers} are allowed");
        if (manifest.Receivers.Distinct(StringComparer.Ordinal).Count() != manifest.Receivers.Count)
            return Invalid("manifest.receiver", "a receiver is named twice");
        if (CheckFileName(manifest.FileName) is { } badName) return Invalid("manifest.fileName", badName);
        if (!TransferIds.IsValid(manifest.TransferId))
            return Invalid("manifest.transferId", "1 to 255 characters without control characters");
        if (CheckTexts(manifest) is { } badText) return badText;
        if (manifest.Size is < 0) return Invalid("manifest.size", "it is negative");
        if (manifest.RecordCount is < 0) return Invalid("manifest.recordCount", "it is negative");
        if (manifest.NotAfter is { } notAfter && notAfter < now) return Invalid("manifest.notAfter", "it has passed");
        if (CheckOrganisation("manifest.originOrganisation", manifest.OriginOrganisation) is { } badOrigin) return badOrigin;
        if (CheckOrganisation("manifest.receiverOrganisation", manifest.ReceiverOrganisation) is { } badReceiver) return badReceiver;
        return CheckSet(manifest);
    }

    static Refusal? CheckOrganisation(string field, string? code) =>
        code is null || OrganisationCode.TryParse(code, out _)
            ? null
            : Invalid(field, "it is no 団体コード of six digits with a right check digit");

    static Refusal? CheckSet(Manifest manifest)
    {
        if (manifest.SetId is null)
            return manifest.SetIndex is null && manifest.SetCount is null ? null : Missing("manifest.setId");
        if (manifest.SetIndex is null) return Missing("manifest.setIndex");
        if (manifest.SetCount is null) return Missing("manifest.setCount");
        if (manifest.SetCount > MaxSetCount) return Invalid("manifest.setCount", $"at most {MaxSetCount} files make a set");
        return manifest.SetIndex < 1 || manifest.SetIndex > manifest.SetCount
            ? Invalid("manifest.setIndex", "it must lie from 1 to setCount")
            : null;
    }

    static Refusal? CheckTexts(Manifest manifest)
    {
        (string Field, string? Value)[] texts =
        [
            ("origin", manifest.Origin), ("interfaceId", manifest.InterfaceId), ("interfaceVersion", manifest.InterfaceVersion),
            ("businessUnit", manifest.BusinessUnit), ("baseTransferId", manifest.BaseTransferId), ("layoutVersion", manifest.LayoutVersion),
            ("dataClass", manifest.DataClass), ("legalBasis", manifest.LegalBasis), ("orderGroup", manifest.OrderGroup),
            ("setId", manifest.SetId), ("mediaType", manifest.MediaType), ("charset", manifest.Charset),
            ("contentEncoding", manifest.ContentEncoding),
        ];
        foreach (var (field, value) in texts)
        {
            if (value is { Length: > MaxText }) return Invalid($"manifest.{field}", $"at most {MaxText} characters are allowed");
            if (value is not null && value.Any(char.IsControl)) return Invalid($"manifest.{field}", "it holds a control character");
            if (value is not null && !IsCarriable(value)) return Invalid($"manifest.{field}", NoText);
        }

        if (manifest.Properties.Count > MaxProperties) return Invalid("manifest.property", $"at most {MaxProperties} are allowed");
        if (!manifest.Properties.All(property => IsCarriable(property.Name) && IsCarriable(property.Value)))
            return Invalid("manifest.property", NoText);
        return manifest.Properties.Any(property => property.Name.Length > MaxText || property.Value.Length > MaxText)
            ? Invalid("manifest.property", $"names and values have at most {MaxText} characters")
            : null;
    }

    static string? CheckFileName(string name) => name switch
    {
        "" => "it is empty",
        "." or ".." => "it names a folder",
        { Length: > 255 } => "at most 255 characters are allowed",
        _ when name.AsSpan().ContainsAny('/', '\\', '\0') => "it must not hold a path",
        _ when name.Any(char.IsControl) => "it holds a control character",
        _ when !IsCarriable(name) => NoText,
        _ => null,
    };

    // What comes as XML cannot hold any other; the name of a file on a disk can, and what is read out of it.
    static bool IsCarriable(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value)) return false;
            rest = rest[consumed..];
        }

        return true;
    }

    static Refusal Missing(string field) => new(ErrorCatalogue.FieldMissing, field);

    static Refusal Invalid(string field, string why) => new(ErrorCatalogue.FieldInvalid, field, why);
}
