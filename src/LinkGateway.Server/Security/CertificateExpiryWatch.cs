using System.Security.Cryptography.X509Certificates;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Notices;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Security;

/// <summary>
/// Warns in the log before the gateway's own certificates expire: at 60 and 30 days, and every day from 7 on; from 30 days on operators
/// are told.
/// </summary>
sealed class CertificateExpiryWatch : IDisposable
{
    const int LastDays = 7;
    const int ToldDays = 30;

    static readonly int[] Thresholds = [LastDays, 30, 60];
    static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    readonly IReadOnlyDictionary<string, X509Certificate2> _certificates;
    readonly Dictionary<string, int> _warned = [];
    readonly NoticeBoard _notices;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly ITimer _timer;

    public CertificateExpiryWatch(
        IReadOnlyDictionary<string, X509Certificate2> certificates, NoticeBoard notices, TimeProvider time, ILogger logger)
    {
        (_certificates, _notices, _time, _logger) = (certificates, notices, time, logger);
        Check();
        _timer = time.CreateTimer(_ => Check(), null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Warns of what is due now; the timer does it once a day.</summary>
    internal void Check()
    {
        foreach (var (name, certificate) in _certificates)
            Check(name, certificate);
    }

    void Check(string name, X509Certificate2 certificate)
    {
        DateTimeOffset end = certificate.NotAfter.ToUniversalTime();
        var days = (int)Math.Floor((end - _time.GetUtcNow()).TotalDays);
        Tell(name, days, end);
        var threshold = Thresholds.FirstOrDefault(one => days <= one);
        if (threshold == 0 || (threshold != LastDays && _warned.GetValueOrDefault(name) == threshold))
            return;
        _warned[name] = threshold;
        var thumbprint = Participant.ThumbprintOf(certificate).ToString();
        if (days < 0)
            _logger.CertificateExpired(name, thumbprint, end);
        else
            _logger.CertificateExpires(name, thumbprint, days, end);
    }

    void Tell(string name, int days, DateTimeOffset end)
    {
        var (ends, ended) = (days is >= 0 and <= ToldDays, days < 0);
        if (ends) _notices.Raise(NoticeKind.CertificateExpiring, name, $"the certificate {name} ends on {end:yyyy-MM-dd}");
        else _notices.Clear(NoticeKind.CertificateExpiring, name);
        if (ended) _notices.Raise(NoticeKind.CertificateExpired, name, $"the certificate {name} ended on {end:yyyy-MM-dd}");
        else _notices.Clear(NoticeKind.CertificateExpired, name);
    }
}
