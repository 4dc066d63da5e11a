using System.Text;
using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes to the envelope: tags, attributes, entities, names, depth, what SOAP forbids, and the encoding.</summary>
static class XmlMutations
{
    const string Prolog = "<s:Envelope";

    static readonly string[] Contents =
    [
        "x", " ", "<a/>", "<a>", "</a>", "<a b=''/>", "<a b='1' b='2'/>", "<!-- - -->", "<!-- -- -->", "<![CDATA[<]]>", "<![CDATA[", "]]>", "<?a b?>", "<?xml version='1.0'?>",
        "&amp;", "&x;", "&#0;", "&#13;", "&#xD;&#xA;&#9;", "&#x10FFFF;", "&#xD800;", "&#xFFFE;", "&#99999999999;", "&", "<", "<a xmlns:p=''/>", "<p:a/>", "<a xmlns='urn:x'/>",
        "<a xml:lang='ja' xml:space='preserve'> </a>", "<a b='&lt;&#10;&#13;&#9;'/>", "<s:Body/>", "<s:Header/>", "<s:Fault/>", "<s:Body><s:Fault/></s:Body>", "<xmlns:a/>",
        "<s:Fault><faultcode/><faultstring>&#13;</faultstring><detail>x<a/>y</detail></s:Fault>", "<s:Fault><s:Code/><s:Reason/><s:Detail/></s:Fault>",
        "<a s:mustUnderstand='1'/>", "<a s:mustUnderstand='yes'/>", "<a s:mustUnderstand='true' s:actor=''/>", "<a s:role='urn:x'/>", "<a xmlns='urn:example:batch'>x</a>",
        $"<To xmlns='{Envelopes.Addressing}'> </To>", $"<Action xmlns='{Envelopes.Addressing}'>a</Action>", $"<FaultTo xmlns='{Envelopes.Addressing}'/>",
        $"<ReplyTo xmlns='{Envelopes.Addressing}'><Address>a</Address><ReferenceParameters>x<a xmlns=''/></ReferenceParameters></ReplyTo>",
        $"<RelatesTo xmlns='{Envelopes.Addressing}' RelationshipType='urn:x'>b</RelatesTo>", $"<s:Header>{Envelopes.AddressingHeaders}</s:Header>",
        "<s:Header><a s:mustUnderstand='yes'/></s:Header>", "<s:Header>x<a s:mustUnderstand='1'/></s:Header>",
    ];

    static readonly string[] Doctypes =
    [
        "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "<!DOCTYPE",
        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY x '&b;&b;&b;&b;&b;&b;&b;&b;'>]>",
        "<!-- <!DOCTYPE a> -->", "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>", "<?xml version='1.0' encoding='utf-16'?>", "<?xml version='1.1'?>",
        "<?xml version='1.0' encoding='US-ASCII' standalone='yes'?>", "<?a?>", "\u00EF\u00BB\u00BF", " ", "x", "<s/>",
    ];

    public static Func<WireMessage, Chance, WireMessage>[] All { get; } =
        [InsertContent, InsertContent, InsertContent, Nest, Many, Names, ChangeTag, ChangeTag, InsertProlog, Namespaces, Recode];

    static WireMessage InsertContent(WireMessage message, Chance chance) =>
        AfterTag(message, chance, _ => chance.Of<string>(Contents));

    static WireMessage Nest(WireMessage message, Chance chance)
    {
        var depth = chance.Length(90);
        return AfterTag(message, chance, _ =>
            string.Concat(Enumerable.Repeat("<n>", depth)) + string.Concat(Enumerable.Repeat("</n>", depth - (chance.OneIn(8) ? 1 : 0))));
    }

    static WireMessage Many(WireMessage message, Chance chance)
    {
        var count = chance.Length(600);
        var what = chance.Below(5);
        return AfterTag(message, chance, _ => what switch
        {
            0 => string.Concat(Enumerable.Repeat("<n/>", count)),
            1 => $"<n {string.Concat(Enumerable.Range(0, count).Select(i => $"a{i}='' "))}/>",
            2 => $"<n {string.Concat(Enumerable.Range(0, count).Select(i => $"xmlns:n{i}='urn:{i}' "))}/>",
            3 => string.Concat(Enumerable.Repeat("&amp;", count)),
            _ => string.Concat(Enumerable.Repeat("<n>x</n> ", count)),
        });
    }

    static WireMessage Names(WireMessage message, Chance chance)
    {
        var name = new string('n', chance.Length(20_000));
        return AfterTag(message, chance, _ => chance.Below(4) switch
        {
            0 => $"<{name}/>",
            1 => $"<a {name}=''/>",
            2 => $"<a xmlns:{name}='urn:x'/>",
            _ => $"<a xmlns='urn:{name}'>{name}</a>",
        });
    }

    static WireMessage ChangeTag(WireMessage message, Chance chance)
    {
        var text = message.Text;
        var (from, to) = Tag(text, chance);
        if (from < 0)
            return message;
        var tag = text[from..to];
        var next = text.IndexOf('>', to);
        return message.WithText(text[..from] + chance.Below(8) switch
        {
            0 => text[to..],
            1 => tag + text[from..],
            2 => tag.Replace("</", "<", StringComparison.Ordinal) + text[to..],
            3 => tag.Insert(tag.Length - 1, "/") + text[to..],
            4 => tag.Replace("Body", chance.Of("Header", "body", "Bod"), StringComparison.Ordinal) + text[to..],
            5 => tag.Insert(tag.Length - 1, chance.Of(" s:mustUnderstand='1'", " xmlns:s='urn:s'", " xmlns=''", " a='<'", " a=b", " xmlns:xml='urn:x'")) + text[to..],
            6 when next >= 0 => text[to..(next + 1)] + tag + text[(next + 1)..],
            _ => tag.Replace('\'', '"').Replace(' ', '\n') + text[to..],
        });
    }

    static WireMessage InsertProlog(WireMessage message, Chance chance)
    {
        var text = message.Text;
        var start = text.IndexOf(Prolog, StringComparison.Ordinal);
        return start < 0 ? message : message.WithText(text.Insert(start, chance.Of<string>(Doctypes)));
    }

    static WireMessage Namespaces(WireMessage message, Chance chance)
    {
        var (from, to) = chance.Of(
            (Envelopes.Soap11, Envelopes.Soap12), (Envelopes.Soap12, Envelopes.Soap11), (Envelopes.Soap11, "urn:other"), (Envelopes.Soap12, ""),
            (Envelopes.Addressing, "http://schemas.xmlsoap.org/ws/2004/08/addressing"), ("s:Envelope", "s:Umschlag"), ("s:Header", "s:Kopf"), ("s:Body", "s:Rumpf"),
            ("s:Envelope", "s:html"), ("utf-8", "utf-16"), ("UTF-8", "ISO-8859-1"));
        return message.WithText(message.Text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Brings the envelope into another encoding, and where it has a type of its own leaves that as it is.</summary>
    static WireMessage Recode(WireMessage message, Chance chance)
    {
        var text = message.Text;
        var start = text.IndexOf(Prolog, StringComparison.Ordinal);
        var end = text.IndexOf("</s:Envelope>", Math.Max(0, start), StringComparison.Ordinal);
        if (start < 0 || end < 0)
            return message;
        end += "</s:Envelope>".Length;
        var envelope = Encoding.UTF8.GetString(message.Body[start..end]);
        var encoding = chance.Of(Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1);
        return message with { Body = [.. message.Body[..start], .. chance.OneIn(2) ? encoding.GetPreamble() : [], .. encoding.GetBytes(envelope), .. message.Body[end..]] };
    }

    static WireMessage AfterTag(WireMessage message, Chance chance, Func<string, string> insertion)
    {
        var text = message.Text;
        var (from, to) = Tag(text, chance);
        return from < 0 ? message : message.WithText(text.Insert(to, insertion(text[from..to])));
    }

    static (int From, int To) Tag(string text, Chance chance)
    {
        var tags = new List<(int, int)>();
        for (var from = text.IndexOf('<'); from >= 0; from = text.IndexOf('<', from + 1))
        {
            var close = text.IndexOf('>', from);
            if (close > 0)
                tags.Add((from, close + 1));
            if (tags.Count == 200)
                break;
        }
        return tags.Count == 0 ? (-1, -1) : tags[chance.Below(tags.Count)];
    }
}
