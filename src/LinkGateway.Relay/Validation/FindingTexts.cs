using System.Xml;
using System.Xml.Schema;

namespace LinkGateway.Relay.Validation;

/// <summary>
/// Says in own words what the validator objects to. Its sentences quote values, which may be personal data; from them only the kind of
/// objection is taken, and where a new kind appears the words are general.
/// </summary>
static class FindingTexts
{
    const int LongestName = 80;
    const int MostExpected = 5;

    /// <summary>A name that the sender chose, cut to a bearable length.</summary>
    public static string Short(string name) => name.Length <= LongestName ? name : $"{name.AsSpan(0, LongestName)}…";

    public static (string Rule, string Text) Of(
        XmlSchemaException e, ValidationStep step, XmlSchemaValidator validator, XmlReader reader, string element,
        XmlSchemaInfo info) => step switch
        {
            ValidationStep.Start => Start(e, validator, Short(element)),
            ValidationStep.Attribute => Attribute(e, reader, Short(element), info),
            ValidationStep.Attributes =>
                ("missing attribute", $"A required attribute of '{Short(element)}' is missing{Expected(validator)}."),
            ValidationStep.Text => ("no text allowed", $"'{Short(element)}' may hold no text."),
            _ => End(e, validator, Short(element), info),
        };

    static (string, string) Start(XmlSchemaException e, XmlSchemaValidator validator, string element)
    {
        var message = e.Message;
        // Names hold no blanks, so that these phrases cannot come from the message.
        if (Has(message, "the 'xsi:nil' attribute must"))
            return ("not nillable", $"'{element}' may not be xsi:nil.");
        // The one value that is read here is that of xsi:type, so that an inner exception is about its form.
        if (e.InnerException is not null || Has(message, "invalid xsi:type '") || Has(message, "The xsi:type "))
            return ("xsi:type", $"The xsi:type of '{element}' is unknown, or no type that may stand here.");
        if (Has(message, "is abstract or its type is abstract"))
            return ("abstract", $"'{element}' is abstract: send an element of its substitution group, or an xsi:type.");
        if (Has(message, "' element is not declared"))
            return ("unknown element", $"'{element}' is declared by no schema.");
        var expected = validator.GetExpectedParticles();
        return ("element not allowed", expected.Length == 0
            ? $"'{element}' is not allowed here; nothing more is expected."
            : $"'{element}' is not allowed here; expected: {Names(expected)}.");
    }

    static (string, string) Attribute(XmlSchemaException e, XmlReader reader, string element, XmlSchemaInfo info)
    {
        var name = Short(reader.LocalName);
        if (e.InnerException is { } inner)
        {
            var uses = (info.SchemaType as XmlSchemaComplexType)?.AttributeUses;
            var attribute = uses?[new XmlQualifiedName(reader.LocalName, reader.NamespaceURI)] as XmlSchemaAttribute;
            return Value(inner, attribute?.AttributeSchemaType, $"attribute '{name}' of '{element}'");
        }
        return Has(e.Message, "its fixed value")
            ? ("fixed value", $"The attribute '{name}' of '{element}' has not the value that is fixed for it.")
            : ("attribute not allowed", $"'{element}' may not have the attribute '{name}'.");
    }

    static (string, string) End(XmlSchemaException e, XmlSchemaValidator validator, string element, XmlSchemaInfo info)
    {
        if (e.InnerException is { } inner)
            return Value(inner, info.MemberType ?? SimpleContent(info.SchemaType), $"'{element}'");
        return e.Message switch
        {
            _ when Begins(e.Message, "There is a duplicate key") =>
                ("unique", $"Within '{element}' a key occurs twice that must be unique."),
            _ when Begins(e.Message, "The key sequence") =>
                ("keyref", $"Within '{element}' a reference names a key that does not occur."),
            _ when Begins(e.Message, "The identity constraint") =>
                ("key", $"Within '{element}' a part of a key is missing."),
            _ when Has(e.Message, "has incomplete content") =>
                ("missing element", $"'{element}' is not complete; expected: {Names(validator.GetExpectedParticles())}."),
            _ when Has(e.Message, "its fixed value") => ("fixed value", $"'{element}' has not the value that is fixed for it."),
            _ => ("content", $"The content of '{element}' is not as its schema declares it."),
        };
    }

    static XmlSchemaSimpleType? SimpleContent(XmlSchemaType? type)
    {
        for (; type is not null; type = type.BaseXmlSchemaType)
        {
            if (type is XmlSchemaSimpleType simple)
                return simple;
        }
        return null;
    }

    static (string, string) Value(Exception reason, XmlSchemaSimpleType? type, string subject)
    {
        if (Facet(reason) is { } facet)
        {
            var limit = Limit(type, facet);
            return (facet, limit is null
                ? $"The value of {subject} breaks the {facet} of its type."
                : $"The value of {subject} breaks the {facet} of its type: {Short(limit)}.");
        }
        var name = BuiltIn(type);
        return (name is null ? "type" : $"type {name}", name is null
            ? $"The value of {subject} is none of its type."
            : $"The value of {subject} is no valid {name}.");
    }

    // A facet's sentence is fixed and comes in the schema's exception; what cannot be read as its type comes in others, value and all.
    static string? Facet(Exception reason) => reason is not XmlSchemaException ? null : reason.Message switch
    {
        "The Pattern constraint failed." => "pattern",
        "The Enumeration constraint failed." => "enumeration",
        "The actual length is less than the MinLength value." => "minLength",
        "The actual length is greater than the MaxLength value." => "maxLength",
        "The actual length is not equal to the specified length." => "length",
        "The MinInclusive constraint failed." => "minInclusive",
        "The MaxInclusive constraint failed." => "maxInclusive",
        "The MinExclusive constraint failed." => "minExclusive",
        "The MaxExclusive constraint failed." => "maxExclusive",
        "The TotalDigits constraint failed." => "totalDigits",
        "The FractionDigits constraint failed." => "fractionDigits",
        _ => null,
    };

    // What the schema's author wrote; of an enumeration that would be a list.
    static string? Limit(XmlSchemaSimpleType? type, string facet)
    {
        for (XmlSchemaType? step = type; step is XmlSchemaSimpleType simple; step = step.BaseXmlSchemaType)
        {
            if (simple.Content is not XmlSchemaSimpleTypeRestriction restriction)
                continue;
            var found = restriction.Facets.OfType<XmlSchemaFacet>().FirstOrDefault(candidate => candidate switch
            {
                XmlSchemaPatternFacet => facet == "pattern",
                XmlSchemaMinLengthFacet => facet == "minLength",
                XmlSchemaMaxLengthFacet => facet == "maxLength",
                XmlSchemaLengthFacet => facet == "length",
                XmlSchemaMinInclusiveFacet => facet == "minInclusive",
                XmlSchemaMaxInclusiveFacet => facet == "maxInclusive",
                XmlSchemaMinExclusiveFacet => facet == "minExclusive",
                XmlSchemaMaxExclusiveFacet => facet == "maxExclusive",
                XmlSchemaTotalDigitsFacet => facet == "totalDigits",
                XmlSchemaFractionDigitsFacet => facet == "fractionDigits",
                _ => false,
            });
            if (found is not null)
                return found.Value;
        }
        return null;
    }

    static string? BuiltIn(XmlSchemaType? type)
    {
        while (type is not null && type.QualifiedName.Namespace != XmlSchema.Namespace)
            type = type.BaseXmlSchemaType;
        return type is null || type.TypeCode is XmlTypeCode.None or XmlTypeCode.Item or XmlTypeCode.AnyAtomicType
            ? null
            : $"xs:{type.QualifiedName.Name}";
    }

    static string Expected(XmlSchemaValidator validator)
    {
        var required = validator.GetExpectedAttributes().Where(attribute => attribute.Use == XmlSchemaUse.Required)
            .Select(attribute => $"'{attribute.QualifiedName.Name}'").Take(MostExpected).ToList();
        return required.Count == 0 ? "" : $": {string.Join(", ", required)}";
    }

    static string Names(XmlSchemaParticle[] particles)
    {
        var names = particles.Select(particle => particle is XmlSchemaElement element ? $"'{element.QualifiedName.Name}'" : "any other")
            .Distinct().ToList();
        return names.Count <= MostExpected ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostExpected))}, …";
    }

    static bool Has(string message, string part) => message.Contains(part, StringComparison.Ordinal);

    static bool Begins(string message, string part) => message.StartsWith(part, StringComparison.Ordinal);
}
