using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;

namespace LinkGateway.Server.Security;

/// <summary>
/// Finds the participant behind a request: by client certificate (pinned by its SHA-256 thumbprint, so self-signed ones are as good as
/// any) or by Basic credentials. One object for each configuration in force. Thread-safe.
/// </summary>
/// <param name="directory">Who is known.</param>
/// <param name="host">Where referenced passwords lie.</param>
/// <param name="failures">Failed logins by source; outlives reloads.</param>
/// <param name="time">The clock.</param>
public sealed class CallerAuthentication(
    ParticipantDirectory directory, IConfigurationHost host, FailureLimiter failures, TimeProvider time)
{
    // A verification burns some 100 ms of a core: half of the cores are for uploads, however many log in.
    static readonly SemaphoreSlim Verifying = new(Math.Max(1, Environment.ProcessorCount / 2));

    readonly VerifiedPasswords _verified = new(time);

    // One for each participant and way, not one for each request.
    readonly ConcurrentDictionary<(Participant Participant, string Method), CallerCheck> _known = new();

    /// <summary>Judges the credentials of a request, before anything of its body is read.</summary>
    /// <param name="listener">Where it came in.</param>
    /// <param name="source">The caller's address.</param>
    /// <param name="certificate">The client certificate whose key the TLS handshake proved; null when none was shown.</param>
    /// <param name="authorization">The Authorization header; null when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<CallerCheck> CheckAsync(
        Listener listener, IPAddress source, X509Certificate2? certificate, string? authorization, CancellationToken cancellationToken)
    {
        var byCertificate = certificate is null ? null : ByCertificate(certificate);
        if (byCertificate?.Participant is not null)
            return byCertificate;
        if (listener.TakesPasswords && BasicHeader.Parse(authorization) is { } credentials)
            return await ByPasswordAsync(credentials, source, cancellationToken);
        if (authorization is not null && !listener.TakesPasswords)
            return CallerCheck.Refused("passwords are not taken on this listener: it is plain HTTP, or requires a client certificate");
        return byCertificate ?? CallerCheck.Refused("");
    }

    CallerCheck ByCertificate(X509Certificate2 certificate)
    {
        var thumbprint = Participant.ThumbprintOf(certificate);
        if (directory.FindByCertificate(thumbprint) is not { } participant)
            return CallerCheck.Refused($"the client certificate {thumbprint} belongs to no participant");
        var now = time.GetUtcNow();
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
            return CallerCheck.Refused($"the client certificate {thumbprint} of {participant} is not valid at this time");
        return Known(participant, "ClientCertificate");
    }

    async ValueTask<CallerCheck> ByPasswordAsync(BasicHeader credentials, IPAddress source, CancellationToken cancellationToken)
    {
        var participant = directory.FindByUser(credentials.User);
        if (participant is not null && _verified.Contains(credentials))
            return Known(participant, "Basic");
        var meant = participant?.Id ?? "";
        if (failures.Blocked(source, meant) is { } left)
            return TooMany(left);
        await Verifying.WaitAsync(cancellationToken);
        try
        {
            // Looked up again: a caller that sends chunks in parallel need not be verified once for each; and guesses sent in parallel
            // must not all pass because none has failed yet.
            if (participant is not null && _verified.Contains(credentials))
                return Known(participant, "Basic");
            if (failures.Blocked(source, meant) is { } leftNow)
                return TooMany(leftNow);
            if (Matches(participant, credentials.Password))
            {
                _verified.Add(credentials);
                return Known(participant, "Basic");
            }
            failures.Failed(source, meant);
        }
        finally
        {
            Verifying.Release();
        }
        return CallerCheck.Refused(participant is null ? "unknown user" : $"wrong password for {participant}");
    }

    // An unknown user costs the time that a known one costs, so that it does not tell who is known.
    bool Matches([NotNullWhen(true)] Participant? participant, string password)
    {
        if (participant is not null)
            return participant.Basic!.Password.Matches(password, host);
        directory.All.FirstOrDefault(one => one.Basic is not null)?.Basic!.Password.Matches(password, host);
        return false;
    }

    CallerCheck Known(Participant participant, string method) =>
        _known.GetOrAdd((participant, method), static known => CallerCheck.Known(known.Participant, known.Method));

    static CallerCheck TooMany(TimeSpan left) => CallerCheck.Refused("too many failed logins", left);
}
