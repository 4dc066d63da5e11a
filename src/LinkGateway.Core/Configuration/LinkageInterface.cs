using System.Globalization;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Configuration;

/// <summary>A 連携インタフェース: what is exchanged.</summary>
public sealed record LinkageInterface
{
    /// <summary>Id that manifests and routes name.</summary>
    public required string Id { get; init; }

    /// <summary>Name for screens and logs.</summary>
    public string? Name { get; init; }

    /// <summary>業務ユニット number.</summary>
    public string? BusinessUnit { get; init; }

    /// <summary>Kinds of file that may be sent; empty means all. Not for interfaces with a service, which take messages.</summary>
    public IReadOnlyList<FileKind> Kinds { get; init; } = [];

    /// <summary>The synchronous service by which it is called; null means that files are exchanged.</summary>
    public ServiceBinding? Service { get; init; }

    /// <summary>Versions with their dates; empty means that versions are not checked.</summary>
    public IReadOnlyList<InterfaceVersion> Versions { get; init; } = [];

    /// <summary>Classification of the data.</summary>
    public string? DataClass { get; init; }

    /// <summary>法的根拠 of the hand-over.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Whether a file of <paramref name="kind"/>, as the manifest writes it, may be sent; null when it may.</summary>
    public Refusal? RefuseKind(string kind)
    {
        if (!FileKinds.TryParse(kind, out var value))
            return new(ErrorCatalogue.FieldInvalid, "kind", $"'{kind}' is none of {string.Join(", ", FileKinds.WireNames)}");
        if (Service is not null != (value == FileKind.Message))
            return new(ErrorCatalogue.FieldInvalid, "kind",
                $"interface {Id} " + (Service is null ? "has no service to post messages to" : $"takes messages only, not '{kind}'"));
        if (Kinds.Count == 0 || Kinds.Contains(value)) return null;
        return new(ErrorCatalogue.FieldInvalid, "kind",
            $"interface {Id} takes {string.Join(", ", Kinds.Select(FileKinds.WireName))}, not '{kind}'");
    }

    /// <summary>The version that a manifest means, if it is in force.</summary>
    /// <param name="version">The manifest's version; null means the one that came into force last.</param>
    /// <param name="on">The day, in the gateway's time zone.</param>
    /// <returns>The version (null when the interface lists none), or the refusal that says which ones are in force.</returns>
    public Outcome<InterfaceVersion?> VersionInForce(string? version, DateOnly on)
    {
        if (Versions.Count == 0) return (InterfaceVersion?)null;

        var inForce = Versions.Where(candidate => candidate.IsInForce(on)).OrderByDescending(candidate => candidate.EffectiveFrom).ToList();
        var found = version is null ? inForce.FirstOrDefault() : inForce.Find(candidate => candidate.Version == version);
        if (found is not null) return found;

        var day = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var known = inForce.Count == 0 ? "none" : string.Join(", ", inForce.Select(candidate => candidate.Version));
        return new Refusal(ErrorCatalogue.FieldInvalid, "interfaceVersion",
            $"version {version ?? "(not stated)"} of interface {Id} is not in force on {day}; in force: {known}");
    }
}
