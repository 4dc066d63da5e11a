using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes a message of the corpus in several places, each way with the same right.</summary>
static class Mutator
{
    // Larger ones only cost time: what grows with size is tried by limits that are smaller.
    const int MaxBytes = 48 * 1024;

    static readonly Func<WireMessage, Chance, WireMessage>[][] Groups =
        [RawMutations.All, MultipartMutations.All, HeaderMutations.All, ContentTypeMutations.All, XmlMutations.All, XmlMutations.All];

    public static WireMessage Message(Chance chance)
    {
        var message = Messages.All[chance.Below(Messages.All.Count)];
        for (var left = chance.Below(6); left > 0; left--)
        {
            var group = Groups[chance.Below(Groups.Length)];
            var changed = group[chance.Below(group.Length)](message, chance);
            if (changed.Body.Length <= MaxBytes)
                message = changed;
        }
        return message;
    }
}
