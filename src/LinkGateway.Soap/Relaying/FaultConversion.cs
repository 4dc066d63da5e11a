using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Writes a fault in the other version of SOAP. A code of one's own is <c>faultcode</c> itself in SOAP 1.1 and a <c>Subcode</c> in SOAP
/// 1.2; the elements in its detail stay as they are.
/// </summary>
sealed class FaultConversion(XNamespace old, XNamespace replacement)
{
    static readonly XName Language = XNamespace.Xml + "lang";

    /// <summary>Puts the converted fault in the place of a fault.</summary>
    public void Replace(XElement fault, bool toSoap12)
    {
        var converted = new XElement(replacement + "Fault", fault.Attributes().Where(IsKept));
        fault.AddAfterSelf(converted);
        if (toSoap12)
            Write12(fault, converted);
        else
            Write11(fault, converted);
        fault.Remove();
    }

    void Write12(XElement fault, XElement converted)
    {
        // WS-I BP 1.1 R1001 wants these children unqualified; some stacks qualify them all the same.
        XElement? Child(string name) => fault.Elements().FirstOrDefault(child => child.Name.LocalName == name);
        var code = NameIn(Child("faultcode"));
        var text = Child("faultcode")?.Value.Trim() ?? "";
        var local = text[(text.LastIndexOf(':') + 1)..];
        // Dot notation breaks WS-I BP 1.1 R1031 but is what Axis sends: the part before the dot is the code.
        var dot = local.IndexOf('.', StringComparison.Ordinal);
        var standard = Code12(dot < 0 ? local : local[..dot]);
        var value = Append(converted, "Code", "Value");
        WriteName(value, replacement + (standard ?? "Receiver"));
        var isSoapName = code is not null && (code.Namespace == old || code.Namespace == XNamespace.None);
        if (code is not null && !(isSoapName && standard is not null && dot < 0))
            WriteName(Append(value.Parent!, "Subcode", "Value"), code);

        var reason = Child("faultstring");
        var language = reason?.Attribute(Language)?.Value ?? "en";
        Append(converted, "Reason", "Text").Add(new XAttribute(Language, language), reason?.Value ?? "");
        if (Child("faultactor") is { } actor && actor.Value.Trim().Length > 0)
            Append(converted, "Role").Add(actor.Value.Trim());
        if (Child("detail") is { } detail)
            Append(converted, "Detail").Add(ContentOf(detail));
    }

    void Write11(XElement fault, XElement converted)
    {
        var code = fault.Element(old + "Code");
        var subcode = NameIn(code?.Element(old + "Subcode")?.Element(old + "Value"));
        var standard = Code11(NameIn(code?.Element(old + "Value"))?.LocalName);
        WriteName(Append(converted, XName.Get("faultcode")), subcode ?? replacement + standard);

        var texts = fault.Element(old + "Reason")?.Elements(old + "Text").ToArray() ?? [];
        var reason = Array.Find(texts, text => IsIn(text, "ja")) ?? Array.Find(texts, text => IsIn(text, "en")) ?? texts.FirstOrDefault();
        Append(converted, XName.Get("faultstring")).Add(reason?.Attribute(Language), reason?.Value ?? "");
        if ((fault.Element(old + "Role") ?? fault.Element(old + "Node")) is { } actor)
            Append(converted, XName.Get("faultactor")).Add(actor.Value.Trim());
        if (fault.Element(old + "Detail") is not { } detail)
            return;
        var unqualified = Append(converted, XName.Get("detail"));
        unqualified.Add(ContentOf(detail));
        // The new element is in no namespace; names without prefix in what it contains keep the one they had.
        var inherited = detail.GetDefaultNamespace();
        foreach (var child in unqualified.Elements().Where(child => child.Attribute("xmlns") is null && inherited != XNamespace.None))
            child.Add(new XAttribute("xmlns", inherited.NamespaceName));
    }

    static string? Code12(string code11) => code11 switch
    {
        "Client" => "Sender",
        "Server" => "Receiver",
        "MustUnderstand" or "VersionMismatch" => code11,
        _ => null,
    };

    // An encoding of data that is not known (SOAP 1.2 part 1, 5.4.6) is the caller's mistake.
    static string Code11(string? code12) => code12 switch
    {
        "Sender" or "DataEncodingUnknown" => "Client",
        "MustUnderstand" or "VersionMismatch" => code12,
        _ => "Server",
    };

    static bool IsIn(XElement text, string language) =>
        text.Attribute(Language)?.Value.Trim().Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase) == true;

    object[] ContentOf(XElement detail) => [.. detail.Attributes().Where(IsKept), .. detail.Nodes()];

    // SOAP 1.2 part 1, 5.1.1: no attribute of SOAP itself stands on a fault or its detail.
    bool IsKept(XAttribute attribute) => attribute.Name.Namespace != old && attribute.Name.Namespace != replacement;

    XElement Append(XElement parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            parent = Append(parent, replacement + name);
        return parent;
    }

    static XElement Append(XElement parent, XName name)
    {
        var child = new XElement(name);
        parent.Add(child);
        return child;
    }

    /// <summary>The qualified name that is an element's text; null where it is none or its prefix is not declared.</summary>
    static XName? NameIn(XElement? holder)
    {
        var text = holder?.Value.Trim() ?? "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var local = text[(colon + 1)..];
        if (colon == 0 || !XmlReader.IsName(local) || local.Contains(':', StringComparison.Ordinal))
            return null;
        return (colon < 0 ? holder!.GetDefaultNamespace() : holder!.GetNamespaceOfPrefix(text[..colon]))?.GetName(local);
    }

    /// <summary>Makes a qualified name an element's text, and declares its namespace where it is not.</summary>
    static void WriteName(XElement holder, XName name)
    {
        if (name.Namespace == XNamespace.None)
        {
            if (holder.GetDefaultNamespace() != XNamespace.None && holder.Name.Namespace != XNamespace.None)
                holder.Add(new XAttribute("xmlns", ""));
            holder.Add(name.LocalName);
            return;
        }
        var prefix = holder.GetPrefixOfNamespace(name.Namespace);
        if (prefix is null)
            holder.Add(new XAttribute(XNamespace.Xmlns + (prefix = "code"), name.NamespaceName));
        holder.Add($"{prefix}:{name.LocalName}");
    }
}
