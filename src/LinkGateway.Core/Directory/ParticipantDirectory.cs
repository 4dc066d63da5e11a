using System.Collections.Frozen;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Directory;

/// <summary>Everybody that the gateway knows: an immutable snapshot, swapped whole. Thread-safe; look-ups take constant time.</summary>
public sealed class ParticipantDirectory
{
    readonly FrozenDictionary<string, Participant> _byId;
    readonly FrozenDictionary<string, Participant> _byUser;
    readonly FrozenDictionary<Sha256Digest, Participant> _byThumbprint;

    internal ParticipantDirectory(IEnumerable<Participant> participants)
    {
        All = [.. participants];
        _byId = All.ToFrozenDictionary(participant => participant.Id, StringComparer.Ordinal);
        _byUser = All.Where(participant => participant.Basic is not null)
            .ToFrozenDictionary(participant => participant.Basic!.User, StringComparer.Ordinal);
        _byThumbprint = All.SelectMany(participant => participant.Thumbprints, (participant, thumbprint) => (participant, thumbprint))
            .ToFrozenDictionary(pair => pair.thumbprint, pair => pair.participant);
    }

    /// <summary>All participants, in the order of the file.</summary>
    public IReadOnlyList<Participant> All { get; }

    /// <summary>The participant of that id, compared exactly; null when there is none.</summary>
    public Participant? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The participant with that user name of Basic authentication; null when there is none.</summary>
    /// <remarks>Its password is still to be verified, by <see cref="Configuration.SecretReference.Matches"/>.</remarks>
    public Participant? FindByUser(string user) => _byUser.GetValueOrDefault(user);

    /// <summary>The participant with that client certificate; null when there is none.</summary>
    /// <param name="thumbprint">SHA-256 over the certificate's DER bytes, <see cref="Participant.ThumbprintOf"/>.</param>
    public Participant? FindByCertificate(Sha256Digest thumbprint) => _byThumbprint.GetValueOrDefault(thumbprint);
}
