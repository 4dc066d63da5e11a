using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Output;

/// <summary>Answers of the operator API as text: JSON as on the wire, and instants as people read them.</summary>
static class OperatorText
{
    static readonly JsonSerializerOptions Indented = new(OperatorJson.Default.Options)
    {
        WriteIndented = true,
        // Japanese texts stay readable in a job's log.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes an answer as JSON.</summary>
    public static void WriteJson<T>(TextWriter output, T answer)
        where T : class => output.WriteLine(JsonSerializer.Serialize(answer, Indented));

    /// <summary>An instant in the offset in which the gateway states it.</summary>
    public static string At(DateTimeOffset instant) => $"{instant:yyyy-MM-dd HH:mm:ss}";

    /// <summary>Code and text of a reason; empty when there is none.</summary>
    public static string Reason(string? code, string? text) => $"{code} {text}".Trim();

    /// <summary>The value of a standing order.</summary>
    public static string Standing(string? value) => value ?? "-";

    /// <summary>From whom to whom, with the destination.</summary>
    public static string Way(DeliverySummary delivery) => $"{delivery.Origin} > {delivery.Receiver} ({delivery.Destination})";
}
