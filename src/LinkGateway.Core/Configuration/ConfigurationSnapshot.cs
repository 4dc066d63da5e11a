using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Configuration;

/// <summary>A checked configuration with all that is built from it, made together and swapped whole. Immutable and thread-safe.</summary>
public sealed class ConfigurationSnapshot
{
    readonly FrozenDictionary<string, LinkageInterface> _interfaces;
    readonly FrozenDictionary<string, X509Certificate2> _certificates;

    internal ConfigurationSnapshot(
        GatewayConfiguration configuration, IReadOnlyDictionary<string, X509Certificate2> certificates,
        IReadOnlyDictionary<string, IReadOnlyList<DateOnly>> holidays)
    {
        Configuration = configuration;
        _certificates = certificates.ToFrozenDictionary(StringComparer.Ordinal);
        _interfaces = configuration.Interfaces.ToFrozenDictionary(item => item.Id, StringComparer.Ordinal);
        Directory = new(configuration.Participants.Select(settings =>
            new Participant(settings, Certificates(settings.Credentials?.Certificates ?? []))));
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(configuration.Gateway.TimeZone);
        Calendars = new CalendarTable(configuration, holidays, TimeZone);
        Expectations = [.. configuration.Expected.Select(expected => new Expectation(
            expected, Calendars.Find(expected.Calendar), Calendars.ZoneOf(expected.Calendar)))];
        Routes = RouteTable.Build(configuration, Calendars);
        Services = new ServiceTable(Routes, Directory);
        Priorities = new PriorityTables(configuration);
        TrustedIssuers = configuration.Receipts.Trust.ToFrozenDictionary(
            issuer => issuer.Gateway, issuer => Certificates(issuer.Certificates), StringComparer.Ordinal);
    }

    /// <summary>The configuration.</summary>
    public GatewayConfiguration Configuration { get; }

    /// <summary>Who is known.</summary>
    public ParticipantDirectory Directory { get; }

    /// <summary>When things may happen.</summary>
    public CalendarTable Calendars { get; }

    /// <summary>Which files are expected.</summary>
    public IReadOnlyList<Expectation> Expectations { get; }

    /// <summary>What may go where.</summary>
    public RouteTable Routes { get; }

    /// <summary>What may be called where.</summary>
    public ServiceTable Services { get; }

    /// <summary>What goes first.</summary>
    public PriorityTables Priorities { get; }

    /// <summary>The gateway's time zone.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>Certificates with which receipts are verified, by id of the issuing gateway; not to be disposed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<X509Certificate2>> TrustedIssuers { get; }

    /// <summary>The interface of that id; null when there is none.</summary>
    public LinkageInterface? FindInterface(string id) => _interfaces.GetValueOrDefault(id);

    /// <summary>The server certificates, or their issuers, to be trusted at a gateway; empty means those of the operating system.</summary>
    public IReadOnlyList<X509Certificate2> TrustedCertificates(GatewayDestination destination) =>
        Certificates(destination.TrustedCertificates);

    /// <summary>The server certificates, or their issuers, to be trusted at a receiver; empty: those of the operating system.</summary>
    public IReadOnlyList<X509Certificate2> TrustedCertificates(ServiceDestination destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return Certificates(destination.TrustedCertificates);
    }

    /// <summary>The day of an instant in the gateway's time zone: what interface versions are compared with.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);

    IReadOnlyList<X509Certificate2> Certificates(IReadOnlyList<string> paths) => [.. paths.Select(path => _certificates[path])];
}
