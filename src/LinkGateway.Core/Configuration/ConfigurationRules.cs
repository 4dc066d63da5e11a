using System.Text.RegularExpressions;

namespace LinkGateway.Core.Configuration;

/// <summary>What a configuration must mean beyond its shape: ids, references, bounds. Every breach is reported.</summary>
sealed partial class ConfigurationRules
{
    const string Any = "*";

    readonly GatewayConfiguration _configuration;
    readonly ErrorList _errors;

    ConfigurationRules(GatewayConfiguration configuration, ErrorList errors) => (_configuration, _errors) = (configuration, errors);

    public static void Check(GatewayConfiguration configuration, ErrorList errors)
    {
        var rules = new ConfigurationRules(configuration, errors);
        rules.CheckGateway();
        rules.CheckListeners();
        rules.CheckReceipts();
        rules.CheckParticipants();
        rules.CheckInterfaces();
        rules.CheckCalendars();
        rules.CheckDestinations();
        rules.CheckClasses();
        rules.CheckRoutes();
        rules.CheckExpected();
        rules.CheckPulls();
        rules.CheckServices();
        rules.CheckLimits();
        rules.CheckRetention();
    }

    void CheckGateway()
    {
        CheckId("$.gateway.id", _configuration.Gateway.Id);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(_configuration.Gateway.TimeZone, out _))
            _errors.Add("$.gateway.timeZone", $"'{_configuration.Gateway.TimeZone}' is no time zone known here",
                "Use an IANA name such as Asia/Tokyo");
    }

    void CheckListeners()
    {
        CheckListeners("$.listeners", _configuration.Listeners, "https://0.0.0.0:8443");
        if (_configuration.Operator is not { } settings) return;
        CheckListeners("$.operator.listeners", settings.Listeners, "https://127.0.0.1:8444");
        var data = _configuration.Listeners.Select(AddressOf).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, listener) in settings.Listeners.Index())
            if (AddressOf(listener) is { } address && data.Contains(address))
                _errors.Add($"$.operator.listeners[{index}].url", $"'{address}' stands in listeners already",
                    "Give operators an address of their own");
    }

    void CheckListeners(string section, IReadOnlyList<ListenerSettings> listeners, string example)
    {
        if (listeners.Count == 0)
            _errors.Add(section, "there is none", $$"""Add at least one, such as { "url": "{{example}}" }""");

        foreach (var (index, listener) in listeners.Index())
        {
            var path = $"{section}[{index}]";
            var isUrl = CheckUrl($"{path}.url", listener.Url, listener.AllowPlainHttp);
            if (isUrl && listener.Url.PathAndQuery != "/")
                _errors.Add($"{path}.url", $"'{listener.Url.PathAndQuery}' stands after the port", "Write scheme, host and port only");
            if (isUrl && listener.Url.Scheme == Uri.UriSchemeHttp)
            {
                if (listener.Certificate is not null)
                    _errors.Add($"{path}.certificate", "plain http uses no certificate", "Remove it, or write https in url");
                if (listener.ClientCertificates == ClientCertificatePolicy.Require)
                    _errors.Add($"{path}.clientCertificates", "plain http knows no client certificates", "Use off, or write https in url");
            }
            CheckCertificate($"{path}.certificate", listener.Certificate);
        }
        CheckUnique(section, listeners, AddressOf, "url");
    }

    // Port 0 takes another port each time.
    static string? AddressOf(ListenerSettings listener) =>
        listener.Url is { IsAbsoluteUri: true, Port: 0 } ? null : listener.Url.OriginalString;

    void CheckReceipts()
    {
        CheckCertificate("$.receipts.certificate", _configuration.Receipts.Certificate);
        var trust = _configuration.Receipts.Trust;
        CheckUnique("$.receipts.trust", trust, issuer => issuer.Gateway, "gateway");
        foreach (var (index, issuer) in trust.Index())
        {
            CheckId($"$.receipts.trust[{index}].gateway", issuer.Gateway);
            if (issuer.Certificates.Count == 0)
                _errors.Add($"$.receipts.trust[{index}].certificates", "there is none", "Add the file of its receipt certificate");
        }
    }

    void CheckCertificate(string path, CertificateSettings? certificate)
    {
        if (certificate is null) return;
        if (certificate.Pfx is null == certificate.Pem is null)
            _errors.Add(path, certificate.Pfx is null ? "neither pfx nor pem is stated" : "both pfx and pem are stated",
                "State either pfx, or pem and key");
        if (certificate.Pem is null != certificate.Key is null)
            _errors.Add($"{path}.{(certificate.Pem is null ? "pem" : "key")}", "pem and key go together", "State both");
        CheckSecretIsUsable($"{path}.password", certificate.Password);
    }

    void CheckSecretIsUsable(string path, SecretReference? secret)
    {
        if (secret?.Kind == SecretKind.Hash)
            _errors.Add(path, "a hash cannot be used to log in or to open a file", "Write env:NAME or file:PATH");
    }

    void CheckBasic(string path, BasicCredentials? basic)
    {
        // RFC 7617 section 2: the first colon ends the user name.
        if (basic is not null && (basic.User.Length == 0 || basic.User.Contains(':') || basic.User.Any(char.IsControl)))
            _errors.Add($"{path}.user", "a user name has at least one character, no colon and no control characters",
                "Choose another name");
    }

    bool CheckUrl(string path, Uri url, bool allowPlainHttp)
    {
        if (!url.IsAbsoluteUri || url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        {
            _errors.Add(path, $"'{url.OriginalString}' is no http or https address", "Write it as https://host:port");
            return false;
        }
        if (url.UserInfo.Length > 0)
            _errors.Add(path, "it holds a user name", "Move it to credentials; a secret never stands in this file");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !allowPlainHttp)
            _errors.Add(path, $"plain http to {url.Host} would show files and passwords to the network",
                "Use https, or set allowPlainHttp beside it if that network is protected otherwise");
        return true;
    }

    void CheckEnvironment(string path, OperatingEnvironment? environment)
    {
        var gateway = _configuration.Gateway.Environment;
        if (environment is { } stated && stated != gateway && !_errors.Holds("$.gateway.environment"))
            _errors.Add(path, $"it is {stated.WireName()}, but the gateway is {gateway.WireName()}",
                "Production, training and test are never mixed: use a gateway of its own for each");
    }

    void CheckId(string path, string id)
    {
        if (!IdPattern().IsMatch(id))
            _errors.Add(path, $"'{id}' is no id", "Use 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit");
    }

    void CheckUnique<T>(string path, IEnumerable<T> items, Func<T, string?> key, string member)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
            if (key(item) is { } value && !first.TryAdd(value, index))
                _errors.Add($"{path}[{index}].{member}", $"'{value}' stands already at {path}[{first[value]}]", "Give each its own");
    }

    void CheckReference(string path, string id, HashSet<string> known, string section)
    {
        // Where an id could not be read, it cannot be known which of the references meant it.
        if (!known.Contains(id) && !known.Any(IsPlaceholder))
            _errors.Add(path, $"there is no '{id}' in {section}", $"Correct the id, or add it to {section}");
    }

    HashSet<string> ParticipantIds =>
        _configuration.Participants.Select(participant => participant.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether <see cref="ShapeChecker"/> put this in the place of an id that it could not read.</summary>
    static bool IsPlaceholder(string id) => id.Length == 0;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
