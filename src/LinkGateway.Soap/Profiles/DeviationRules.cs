using System.Text.Json;

namespace LinkGateway.Soap.Profiles;

/// <summary>For each deviation its name, the rule that it departs from, and what its sender should do instead.</summary>
public static class DeviationRules
{
    static readonly string[] Names =
        [.. Enum.GetNames<Deviation>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The name in lower camel case, as faults, logs and configuration have it.</summary>
    /// <param name="deviation">The deviation.</param>
    public static string Name(this Deviation deviation) => Names[(int)deviation];

    /// <summary>The standard and the section or rule.</summary>
    /// <param name="deviation">The deviation.</param>
    public static string Rule(this Deviation deviation) => Of(deviation).Rule;

    /// <summary>What the sender should do, one sentence.</summary>
    /// <param name="deviation">The deviation.</param>
    public static string Advice(this Deviation deviation) => Of(deviation).Advice;

    static (string Rule, string Advice) Of(Deviation deviation) => deviation switch
    {
        Deviation.BareLineFeed => ("RFC 2046 4.1.1, 5.1.1", "End boundaries and header lines with CRLF."),
        Deviation.BoundaryForm => ("RFC 2046 5.1.1", "Use a boundary of 1 to 70 letters and digits."),
        Deviation.HeaderNotAscii => ("RFC 2045 3, RFC 5322 2.2", "Encode the value by RFC 2047 or RFC 2231."),
        Deviation.HeaderNameBlank => ("RFC 5322 2.2", "Leave no blank between a header's name and its colon."),
        Deviation.ParameterUnquoted => ("RFC 2045 5.1", "Quote values that hold ':', '=', '/' or other tspecials."),
        Deviation.ParameterSingleQuoted => ("RFC 2045 5.1", "Quote values with double quotes."),
        Deviation.ParameterStray => ("RFC 2045 5.1", "Write each parameter as ';', name, '=' and value, and nothing else."),
        Deviation.Repeated => ("RFC 2045 3, 5.1", "State each parameter and each of these headers once."),
        Deviation.CharsetOnMultipart => ("RFC 2387 3", "Give the charset in the root part's Content-Type alone."),
        Deviation.TypeMissing => ("RFC 2387 3.1, SwA 3, WS-I AP 1.0", "Add the parameter type=\"text/xml\"."),
        Deviation.TypeNotRoot => ("RFC 2387 3.1", "Give the root part's media type as the type parameter."),
        Deviation.StartForm => ("RFC 2387 3.2, RFC 2045 7",
            "Give the root part's Content-ID, angle brackets included, or leave start out."),
        Deviation.ContentIdForm => ("RFC 2045 7", "Write the Content-ID in angle brackets, without 'cid:'."),
        Deviation.ContentIdRepeated => ("RFC 2045 7", "Give each part a Content-ID of its own."),
        Deviation.PartTypeMissing => ("RFC 2045 5", "Give each attachment a Content-Type."),
        Deviation.Base64Unpadded => ("RFC 2045 6.8", "Pad the last group with '='."),
        Deviation.RootTypeUnusual => ("SOAP 1.1 6", "Send text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2)."),
        Deviation.RootTypeNotEnvelope => ("SOAP 1.1 6, SOAP 1.2 part 2 7.1.4", "Send the media type of the envelope's own version."),
        Deviation.CharsetNotTold => ("WS-I BP 1.1 R1018", "Give the envelope's encoding as the charset parameter of its media type."),
        Deviation.EncodingStyle => ("WS-I BP 1.1 R1005, R1006", "Leave encodingStyle out: the messages are document/literal."),
        Deviation.SoapActionMissing => ("WS-I BP 1.1 R2744, R2745", "Send the SOAPAction header, quoted."),
        Deviation.SoapActionUnquoted => ("WS-I BP 1.1 R1109", "Put the SOAPAction header's value in double quotes."),
        Deviation.SoapActionOnSoap12 => ("SOAP 1.2 part 2 6.5", "Give the action as a parameter of the Content-Type."),
        Deviation.MustUnderstandWord => ("WS-I BP 1.1 R1013", "Write mustUnderstand as 0 or 1."),
        Deviation.ReferenceByHref => ("WS-I AP 1.0 4.4", "Write the reference as the element's text (wsi:swaRef)."),
        Deviation.ReferenceByInclude => ("WS-I AP 1.0 4.4, XOP 1.0 2",
            "Write the reference as the element's text, or send the message as MTOM."),
        Deviation.ReferenceByLocation => ("WS-I AP 1.0 4.4", "Refer to the attachment's Content-ID by 'cid:'."),
        Deviation.ReferenceByPartName => ("WS-I AP 1.0 4.4", "Refer to the attachment in the element that stands for it."),
        Deviation.ReferenceForm => ("RFC 2392 2",
            "Write 'cid:' and the Content-ID without brackets, '%' and reserved characters escaped once."),
        _ => throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "There is no such deviation."),
    };
}
