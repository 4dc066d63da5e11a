using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Core.Notices;
using LinkGateway.Server.Security;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Security;

public sealed class CertificateExpiryTests
{
    const int Expires = 204;
    const int Expired = 205;

    [Fact]
    public void The_log_warns_once_at_60_and_once_at_30_days_and_daily_from_7_days_on()
    {
        var clock = new ManualClock();
        var log = new LogCapture();
        using var certificate = ValidFor(clock, days: 62);
        var notices = new NoticeBoard();
        using var watch = new CertificateExpiryWatch(
            new Dictionary<string, X509Certificate2> { ["tls"] = certificate }, notices, clock, log);

        var warnedAt = new List<int>();
        for (var day = 61; day >= 0; day--)
        {
            clock.Advance(TimeSpan.FromDays(1));
            var before = log.Texts(Expires).Count();
            watch.Check();
            if (log.Texts(Expires).Count() > before)
                warnedAt.Add(day);
            Assert.Equal(day <= 30, notices.Current.Any(one => one.Kind == NoticeKind.CertificateExpiring));
        }

        Assert.Equal([60, 30, 7, 6, 5, 4, 3, 2, 1, 0], warnedAt);
        clock.Advance(TimeSpan.FromDays(1));
        watch.Check();
        Assert.Single(log.Texts(Expired));
        Assert.Equal(NoticeKind.CertificateExpired, Assert.Single(notices.Current).Kind);
    }

    static X509Certificate2 ValidFor(ManualClock clock, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(clock.GetUtcNow(), clock.GetUtcNow().AddDays(days));
    }
}
