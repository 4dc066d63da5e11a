using System.Text;
using System.Xml;

namespace LinkGateway.Contract.Wire;

/// <summary>Writes the fields of one element, each as a qualified child element without a prefix; null writes nothing.</summary>
/// <remarks>
/// With an <see cref="XmlWriter"/> that neither indents nor changes newlines the bytes are those of exclusive c14n: no empty-element tags,
/// no attributes, CR as <c>&amp;#xD;</c>.
/// </remarks>
readonly struct FieldWriter(XmlWriter writer, string ns)
{
    /// <summary>Writes text as it is.</summary>
    /// <exception cref="ArgumentException">The text holds a character that XML cannot carry.</exception>
    public void Text(string name, string? value)
    {
        if (value is null) return;
        writer.WriteStartElement("", name, ns);
        WriteText(value);
        writer.WriteFullEndElement();
    }

    /// <summary>Writes text for people, such as the reason of an error; characters that XML cannot carry become U+FFFD.</summary>
    public void Prose(string name, string? value) => Text(name, value is null ? null : Carriable(value));

    public void Value<T>(string name, T? value, FieldType<T> type)
        where T : struct => Text(name, value is { } present ? type.Format(present) : null);

    public void Texts(string name, IReadOnlyList<string> values)
    {
        foreach (var value in values) Text(name, value);
    }

    public void Binary(string name, byte[]? value)
    {
        if (value is null) return;
        writer.WriteStartElement("", name, ns);
        writer.WriteBase64(value, 0, value.Length);
        writer.WriteFullEndElement();
    }

    public void Group<T>(string name, T? value, Shape<T> shape)
        where T : class
    {
        if (value is not null) WriteGroup(name, value, shape);
    }

    public void Groups<T>(string name, IReadOnlyList<T> values, Shape<T> shape)
    {
        foreach (var value in values) WriteGroup(name, value, shape);
    }

    void WriteGroup<T>(string name, T value, Shape<T> shape)
    {
        writer.WriteStartElement("", name, ns);
        shape.Write(this, value);
        writer.WriteFullEndElement();
    }

    // XML 1.0 2.11: a bare CR would come back as LF.
    void WriteText(string value)
    {
        var from = 0;
        for (var cr = value.IndexOf('\r'); cr >= 0; cr = value.IndexOf('\r', from))
        {
            writer.WriteString(value[from..cr]);
            writer.WriteCharEntity('\r');
            from = cr + 1;
        }

        writer.WriteString(from == 0 ? value : value[from..]);
    }

    static string Carriable(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            var carriable = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            text.Append(carriable ? rune : Rune.ReplacementChar);
        }

        return text.ToString();
    }
}
