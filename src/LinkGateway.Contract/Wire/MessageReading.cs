using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>What is known of a message while it is read.</summary>
sealed class MessageReading
{
    // The largest answers have 1,000 receipts of a dozen fields. Without a bound, a message of 4 MiB could hold a million elements of four
    // bytes, each costing a hundred in memory.
    const int MaxElements = 65_536;

    int _elements;

    /// <summary>The first refusal: the later ones are often only its consequences.</summary>
    public Refusal? First { get; private set; }

    public void Add(Refusal refusal) => First ??= refusal;

    /// <summary>Counts an element; false, with a refusal, when there are too many.</summary>
    public bool Admits()
    {
        if (++_elements <= MaxElements) return true;
        Add(new Refusal(ErrorCatalogue.MessageMalformed, $"more than {MaxElements} elements"));
        return false;
    }
}
