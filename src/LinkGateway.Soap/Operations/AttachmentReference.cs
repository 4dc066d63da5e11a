using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>How a reference in an envelope finds its attachment.</summary>
static class AttachmentReference
{
    // SwA 3: what relative Content-Locations are relative to where nothing else is said (RFC 2557 5).
    const string ThisMessage = "thismessage:/";

    /// <summary>Whether a reference means a part.</summary>
    /// <param name="reference">A <c>cid:</c> URI, a Content-Location, or a bare Content-ID.</param>
    /// <param name="part">The part's headers.</param>
    /// <param name="deviation">How the match departs from a <c>cid:</c> URI to the letter; null where it does not.</param>
    public static bool Means(string reference, MimeHeaders part, out Deviation? deviation)
    {
        var contentId = part["Content-ID"];
        deviation = null;
        if (ContentIds.MatchesExactly(contentId, reference))
            return true;
        deviation = Deviation.ReferenceForm;
        if (ContentIds.Matches(contentId, reference))
            return true;
        deviation = Deviation.ReferenceByLocation;
        return Relative(reference).Length > 0 && !reference.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            && part["Content-Location"] is { } location && Relative(location) == Relative(reference);
    }

    /// <summary>
    /// Whether a part is the one of a name: WS-I AP 1.0 3.8 forms the Content-ID of a part that WSDL binds of its percent-encoded name,
    /// '=' and something unique.
    /// </summary>
    /// <param name="partName">The name of the element, or of the WSDL part.</param>
    /// <param name="part">The part's headers.</param>
    public static bool Bears(string partName, MimeHeaders part)
    {
        var id = ContentIds.Normalise(part["Content-ID"]);
        var equals = id?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        return equals > 0 && Uri.UnescapeDataString(id![..equals]) == partName;
    }

    static string Relative(string location)
    {
        var uri = location.Trim();
        return uri.StartsWith(ThisMessage, StringComparison.OrdinalIgnoreCase) ? uri[ThisMessage.Length..] : uri;
    }
}
