using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>How often what was met. For one thread.</summary>
sealed class Tally
{
    // These belong to the host: it alone knows connections and clocks.
    static readonly SoapFormatError[] OfTheHost = [SoapFormatError.BodyCutOff, SoapFormatError.TooSlow];

    readonly Dictionary<string, long> _counts = [];
    double _mostPerByte;

    /// <summary>The kinds of refusal that no message was refused with.</summary>
    public IEnumerable<string> NeverReached => Enum.GetValues<MimeError>().Select(Refusal.Of)
        .Concat(Enum.GetValues<SoapFormatError>().Except(OfTheHost).Select(Refusal.Of))
        .Where(kind => !_counts.ContainsKey(kind));

    /// <summary>The most that one reading allocated.</summary>
    public (long Bytes, int MessageBytes) Most { get; private set; }

    public IEnumerable<KeyValuePair<string, long>> Counts => _counts.OrderBy(count => count.Key, StringComparer.Ordinal);

    public void Count(string kind) => Add(kind, 1);

    public void Allocated(long bytes, int messageBytes)
    {
        var perByte = bytes / (messageBytes + 1000.0);
        if (perByte <= _mostPerByte)
            return;
        _mostPerByte = perByte;
        Most = (bytes, messageBytes);
    }

    public void Add(Tally other)
    {
        foreach (var (kind, count) in other._counts)
            Add(kind, count);
        Allocated(other.Most.Bytes, other.Most.MessageBytes);
    }

    void Add(string kind, long count) => _counts[kind] = _counts.GetValueOrDefault(kind) + count;
}
