using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Reads the services of a WSDL document: ports, bindings, operations, and what their messages look like in the body.</summary>
sealed class ContractReader
{
    const string Unsupported = "; change the operation or leave it out: it is not served.";

    readonly CatalogueErrors _errors;
    readonly DocumentClosure _closure;
    readonly Dictionary<(string Kind, XName Name), XElement> _definitions = [];
    readonly Dictionary<XName, RpcWrapper> _wrappers = [];

    public ContractReader(DocumentClosure closure, CatalogueErrors errors)
    {
        _closure = closure;
        _errors = errors;
        foreach (var document in closure.Wsdls)
        {
            foreach (var element in document.Root.Elements().Where(element => element.Name.Namespace == WsdlNames.Wsdl))
            {
                if (Named(document, element) is { } name && !_definitions.TryAdd((element.Name.LocalName, name), element))
                {
                    errors.Add(element, $"<{element.Name.LocalName} name=\"{name.LocalName}\"> is there twice; the second is left out. "
                        + "Remove one.");
                }
            }
        }
    }

    /// <summary>The wrappers that rpc operations need beside the schemas; known after <see cref="Services"/> was run through.</summary>
    public IReadOnlyList<RpcWrapper> Wrappers => [.. _wrappers.Values];

    /// <summary>The services with a SOAP port: those of the document itself first.</summary>
    public IReadOnlyList<(XName Name, XElement Element, IReadOnlyList<OperationDraft> Operations)> Services() =>
        [.. _closure.Wsdls.SelectMany(document => document.Root.Elements(WsdlNames.Wsdl + "service"))
            .Select(service => (Name: Named(Owner(service), service), Element: service))
            .Where(service => service.Name is not null && _definitions[("service", service.Name)] == service.Element)
            .Select(service => (service.Name!, service.Element, Operations(service.Element)))];

    IReadOnlyList<OperationDraft> Operations(XElement service)
    {
        var operations = new Dictionary<string, OperationDraft>(StringComparer.Ordinal);
        foreach (var port in service.Elements(WsdlNames.Wsdl + "port"))
        {
            if (Definition(port, "binding", "binding") is not { } binding || binding.Elements().Soap("binding") is not { } soap)
                continue;
            if (Definition(binding, "type", "portType") is not { } portType)
                continue;
            foreach (var operation in binding.Elements(WsdlNames.Wsdl + "operation"))
            {
                if (Read(operation, soap, portType) is { } draft)
                    operations.TryAdd($"{draft.Name} {draft.Request}", draft);
            }
        }
        return [.. operations.Values];
    }

    OperationDraft? Read(XElement operation, XElement soapBinding, XElement portType)
    {
        var name = (string?)operation.Attribute("name") ?? "";
        var declared = portType.Elements(WsdlNames.Wsdl + "operation").Where(other => (string?)other.Attribute("name") == name).ToList();
        // Overloads (forbidden by WS-I BP R2304) are told apart by the name of their input.
        var inputName = (string?)operation.Element(WsdlNames.Wsdl + "input")?.Attribute("name");
        var abstractly = declared.Count <= 1 ? declared.FirstOrDefault()
            : declared.Find(other => (string?)other.Element(WsdlNames.Wsdl + "input")?.Attribute("name") == inputName);
        if (abstractly is null)
            return Refuse(operation, $"The port type has no operation '{name}'; the binding must use its names");
        var messages = abstractly.Elements().Where(element => element.Name.LocalName is "input" or "output").ToList();
        if (messages is [] or [{ Name.LocalName: "output" }, ..])
            return Refuse(operation, $"Operation '{name}' begins with an output, which no SOAP binding over HTTP defines (WS-I BP R2303)");

        var soap = operation.Elements().Soap("operation");
        var style = (string?)soap?.Attribute("style") ?? (string?)soapBinding.Attribute("style") ?? "document";
        if (style is not ("document" or "rpc"))
            return Refuse(operation, $"Operation '{name}' has the style '{style}', which is neither document nor rpc");
        var isRpc = style == "rpc";
        if (Body(operation, "input", messages[0], isRpc ? name : null) is not { } request)
            return null;
        var oneWay = messages.Count == 1;
        var response = oneWay ? (null, null) : Body(operation, "output", messages[1], isRpc ? name + "Response" : null);
        if (response is not { } answer)
            return null;
        return new OperationDraft(operation, name, request.Name, answer.Name)
        {
            SoapAction = (string?)soap?.Attribute("soapAction") ?? "",
            IsOneWay = oneWay,
            Faults = Faults(abstractly),
            Parts = [.. new[] { request.Part, answer.Part }.OfType<XElement>()],
        };
    }

    // The element in the body: null inside the pair for an empty body, no pair where the message cannot be served.
    (XName? Name, XElement? Part)? Body(XElement operation, string direction, XElement declared, string? rpcName)
    {
        if (Definition(declared, "message", "message") is not { } message)
            return null;
        var binding = operation.Element(WsdlNames.Wsdl + direction);
        var body = binding?.Descendants().Soap("body");
        if ((string?)body?.Attribute("use") == "encoded")
        {
            Refuse(body, "use=\"encoded\" is not supported, as no schema describes it (WS-I BP R2706); ask for a literal binding");
            return null;
        }
        var parts = PartsInBody(message, binding, body);
        if (rpcName is not null)
            return Wrapper(operation, (string?)body?.Attribute("namespace") ?? "", rpcName, parts);
        if (parts.Count == 0)
            return (null, null);
        if (parts.Count > 1)
        {
            Refuse(operation, $"Message '{(string?)message.Attribute("name")}' has {parts.Count} parts in a document/literal body, which "
                + "may have one (WS-I BP R2201)");
            return null;
        }
        if (parts[0].QName("element") is not { } element)
        {
            Refuse(parts[0], "A part in a document/literal body must name an element, by a prefix that is declared (WS-I BP R2204)");
            return null;
        }
        return (element, parts[0]);
    }

    static List<XElement> PartsInBody(XElement message, XElement? binding, XElement? body)
    {
        var parts = message.Elements(WsdlNames.Wsdl + "part").ToList();
        if ((string?)body?.Attribute("parts") is { } listed)
        {
            var names = listed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return [.. parts.Where(part => names.Contains((string?)part.Attribute("name")))];
        }
        // Without a list all parts are meant (WSDL 1.1, 3.5), but those bound to a header or an attachment are plainly not.
        var elsewhere = (binding?.Descendants() ?? [])
            .Where(element => element.Name == WsdlNames.Mime + "content"
                || (element.Name.LocalName == "header" && WsdlNames.Soaps.Contains(element.Name.Namespace)
                    && element.QName("message")?.LocalName == (string?)message.Attribute("name")))
            .Select(element => (string?)element.Attribute("part"))
            .ToHashSet();
        return [.. parts.Where(part => !elsewhere.Contains((string?)part.Attribute("name")))];
    }

    (XName? Name, XElement? Part)? Wrapper(XElement operation, string space, string name, List<XElement> parts)
    {
        var typed = new List<(string, XName)>();
        foreach (var part in parts)
        {
            if (part.QName("type") is not { } type)
            {
                Refuse(part, "A part of an rpc/literal body must name a type, by a prefix that is declared (WS-I BP R2203)");
                return null;
            }
            typed.Add(((string?)part.Attribute("name") ?? "", type));
        }
        var wrapper = new RpcWrapper(XName.Get(name, space), typed, operation);
        if (_wrappers.TryAdd(wrapper.Name, wrapper) || _wrappers[wrapper.Name].Signature == wrapper.Signature)
            return (wrapper.Name, null);
        Refuse(operation, $"Another rpc operation has the same element '{wrapper.Name}' in its body and other parts");
        return null;
    }

    IReadOnlyList<XName> Faults(XElement abstractly) =>
        [.. abstractly.Elements(WsdlNames.Wsdl + "fault")
            .Select(fault => Definition(fault, "message", "message"))
            .SelectMany(message => message?.Elements(WsdlNames.Wsdl + "part") ?? [])
            .Select(part => part.QName("element"))
            .OfType<XName>()
            .Distinct()];

    XElement? Definition(XElement from, string attribute, string kind)
    {
        if (from.QName(attribute) is { } name && _definitions.TryGetValue((kind, name), out var found))
            return found;
        _errors.Add(from, $"{attribute}=\"{(string?)from.Attribute(attribute)}\" of <{from.Name.LocalName}> names no <{kind}> of this "
            + "document or those it imports. Put the name, its prefix or the import right.");
        return null;
    }

    OperationDraft? Refuse(XElement at, string text)
    {
        _errors.Add(at, text + Unsupported);
        return null;
    }

    static CatalogueDocument Owner(XElement element) => element.Document!.Annotation<CatalogueDocument>()!;

    static XName? Named(CatalogueDocument document, XElement element)
    {
        try
        {
            return (string?)element.Attribute("name") is { Length: > 0 } name ? XName.Get(name.Trim(), document.Space) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
