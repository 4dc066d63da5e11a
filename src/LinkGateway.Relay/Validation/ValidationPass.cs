using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Validation;

/// <summary>One pass over a body, which feeds .NET's schema validator and keeps what it objects to.</summary>
sealed class ValidationPass
{
    const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    const string Xmlns = "http://www.w3.org/2000/xmlns/";
    const string Xop = "http://www.w3.org/2004/08/xop/include";

    readonly XmlReader _reader;
    readonly IXmlLineInfo _place;
    readonly XmlSchemaSet _schemas;
    readonly XmlSchemaInfo _element = new();
    readonly Stack<Open> _open = new();
    readonly List<Found> _found = [];
    readonly XmlValueGetter _value;
    XmlSchemaValidator _validator = null!;
    ValidationStep _step;

    public ValidationPass(XmlReader reader, XmlSchemaSet schemas)
    {
        _reader = reader;
        _place = (IXmlLineInfo)reader;
        _schemas = schemas;
        _value = () => _reader.Value;
    }

    public bool IsFull => _found.Count >= MessageValidator.MostFindings;

    /// <summary>Validates the element that the reader stands on against its declaration and moves behind it.</summary>
    public void ValidateElement()
    {
        // No flag asks for schemas that the message names (ProcessSchemaLocation, ProcessInlineSchema): they are a stranger's.
        _validator = new XmlSchemaValidator(_reader.NameTable, _schemas, (IXmlNamespaceResolver)_reader,
            XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.AllowXmlAttributes)
        {
            XmlResolver = null,
            LineInfoProvider = _place,
        };
        _validator.ValidationEventHandler += (_, e) => Add(e.Exception);
        _validator.Initialize();
        try
        {
            Run();
        }
        catch (RegexMatchTimeoutException)
        {
            // The host bounds how long a pattern may be matched; the validator's state is lost with it.
            Add("pattern", "The value takes too long to compare with the pattern of its type.", atElement: true);
        }
    }

    /// <summary>The findings with their paths.</summary>
    public List<ValidationFinding> Findings(SoapEnvelope envelope)
    {
        if (_found.Count == 0)
            return [];
        var paths = FindingPaths.Of(envelope, [.. _found.Select(found => found.Element)]);
        return [.. _found.Select(found => new ValidationFinding(
            found.At.Line, found.At.Position, paths[found.Element], found.Rule, found.Text))];
    }

    void Run()
    {
        do
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element when _reader.LocalName == "Include" && _reader.NamespaceURI == Xop:
                    // XOP 1.0 puts the base64 of an attachment here; it is not to be read for this, and cannot be wrong.
                    _reader.Skip();
                    continue;
                case XmlNodeType.Element:
                    Start();
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    _step = ValidationStep.Text;
                    _validator.ValidateText(_value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    _step = ValidationStep.Text;
                    _validator.ValidateWhitespace(_value);
                    break;
            }
            _reader.Read();
        }
        while (_open.Count > 0 && !IsFull);
    }

    void Start()
    {
        _step = ValidationStep.Start;
        var empty = _reader.IsEmptyElement;
        _open.Push(new Open(Here, _reader.LocalName));
        _validator.ValidateElement(_reader.LocalName, _reader.NamespaceURI, _element,
            _reader.GetAttribute("type", Xsi), Nil(), null, null);
        for (var more = _reader.MoveToFirstAttribute(); more; more = _reader.MoveToNextAttribute())
        {
            if (_reader.NamespaceURI is Xsi or Xmlns || IsSoap(_reader.NamespaceURI))
                continue;
            _step = ValidationStep.Attribute;
            _validator.ValidateAttribute(_reader.LocalName, _reader.NamespaceURI, _reader.Value, null);
        }
        _reader.MoveToElement();
        _step = ValidationStep.Attributes;
        _validator.ValidateEndOfAttributes(_element);
        if (empty)
            End();
    }

    // The validator throws where this is no xs:boolean.
    string? Nil()
    {
        var nil = _reader.GetAttribute("nil", Xsi)?.Trim();
        if (nil is null or "true" or "false" or "1" or "0")
            return nil;
        Add("type xs:boolean", $"The xsi:nil of '{FindingTexts.Short(_reader.LocalName)}' is no valid xs:boolean.", atElement: true);
        return null;
    }

    void End()
    {
        _step = ValidationStep.End;
        _validator.ValidateEndElement(_element);
        _open.Pop();
        if (_open.Count == 0)
            _validator.EndValidation();
    }

    void Add(XmlSchemaException e)
    {
        if (IsFull)
            return;
        var (rule, text) = FindingTexts.Of(e, _step, _validator, _reader, _open.Peek().Name, _element);
        // A value is objected to where its element ends; it is looked for where it begins.
        Add(rule, text, atElement: e.InnerException is not null || _step is not ValidationStep.End);
    }

    void Add(string rule, string text, bool atElement)
    {
        var element = _open.Peek().At;
        _found.Add(new Found(element, atElement ? element : Here, rule, text));
    }

    (int Line, int Position) Here => (_place.LineNumber, _place.LinePosition);

    static bool IsSoap(string space) => space == SoapVersion.Soap11.Namespace() || space == SoapVersion.Soap12.Namespace();

    readonly record struct Open((int Line, int Position) At, string Name);

    readonly record struct Found((int Line, int Position) Element, (int Line, int Position) At, string Rule, string Text);
}
