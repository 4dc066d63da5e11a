using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Directory;

/// <summary>A participant (参加者) as the running gateway knows it. Immutable and thread-safe.</summary>
public sealed class Participant
{
    const string Everyone = "*";

    readonly FrozenSet<string> _mayForwardFor;
    readonly FrozenSet<string> _mayReceiveFor;

    internal Participant(ParticipantSettings settings, IReadOnlyList<X509Certificate2> certificates)
    {
        Id = settings.Id;
        Name = settings.Name ?? settings.Id;
        Kind = settings.Kind;
        OrganisationCode = Contract.Identity.OrganisationCode.TryParse(settings.OrganisationCode, out var code) ? code : null;
        Basic = settings.Credentials?.Basic;
        Profile = settings.Profile;
        Callback = settings.Callback;
        Quotas = settings.Quotas;
        Thumbprints = [.. certificates.Select(ThumbprintOf)];
        _mayForwardFor = settings.MayForwardFor.ToFrozenSet(StringComparer.Ordinal);
        _mayReceiveFor = settings.MayReceiveFor.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Name for screens and logs; the id when none was given.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ParticipantKind Kind { get; }

    /// <summary>団体コード; null when none was given.</summary>
    public OrganisationCode? OrganisationCode { get; }

    /// <summary>User and password with which it may call; null when it may not call so.</summary>
    public BasicCredentials? Basic { get; }

    /// <summary>How its software speaks.</summary>
    public PartnerProfile Profile { get; }

    /// <summary>Id of the destination by which it gets replies to its messages; null when it cannot get any.</summary>
    public string? Callback { get; }

    /// <summary>How much of the gateway it may use.</summary>
    public QuotaSettings Quotas { get; }

    /// <summary>SHA-256 thumbprints of the client certificates with which it may call.</summary>
    public IReadOnlyList<Sha256Digest> Thumbprints { get; }

    /// <summary>SHA-256 over the DER bytes of a certificate.</summary>
    public static Sha256Digest ThumbprintOf(X509Certificate2 certificate) => Sha256Digest.Of(certificate.RawDataMemory.Span);

    /// <summary>Whether it may state <paramref name="origin"/> as origin of a transfer: itself, or one that it forwards for.</summary>
    public bool MayActFor(string origin) => origin == Id || MayForwardFor(origin);

    /// <summary>Whether it is a gateway that forwards for <paramref name="origin"/>.</summary>
    public bool MayForwardFor(string origin) => Kind == ParticipantKind.Gateway && Holds(_mayForwardFor, origin);

    /// <summary>Whether it may list and fetch what is for <paramref name="receiver"/>: itself, or one that it receives for.</summary>
    public bool MayReceiveFor(string receiver) =>
        receiver == Id || Kind == ParticipantKind.Gateway && Holds(_mayReceiveFor, receiver);

    /// <summary>The receivers that it may list and fetch for, itself first; null when it may for all.</summary>
    public IReadOnlyList<string>? Receives =>
        Kind == ParticipantKind.Gateway && _mayReceiveFor.Contains(Everyone) ? null : [Id, .. _mayReceiveFor.Where(id => id != Id)];

    /// <summary>Whether it may see a transfer of that origin to that receiver. An operator sees all.</summary>
    public bool MaySee(string origin, string receiver) =>
        Kind == ParticipantKind.Operator || MayActFor(origin) || MayReceiveFor(receiver);

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    static bool Holds(FrozenSet<string> set, string id) => set.Contains(Everyone) || set.Contains(id);
}
