using System.Text.Json.Serialization;

namespace LinkGateway.Relay.Records;

/// <summary>What is kept of one call, and never its content: one line of JSON in the call record.</summary>
public sealed class CallRecord
{
    /// <summary>wsa:MessageID, or the id that the gateway made where there is none; the same in logs, traces, journal and answer.</summary>
    public string MessageId
    {
        // Most messages state one.
        get => field ??= $"urn:uuid:{Guid.NewGuid()}";
        set;
    }

    /// <summary>The participant that called.</summary>
    public required string Caller { get; init; }

    /// <summary>The participant that the call comes from; differs from the caller where a gateway forwards it.</summary>
    public string? Origin { get; set; }

    /// <summary>The receiver.</summary>
    public string? Receiver { get; set; }

    /// <summary>The interface.</summary>
    public string? Interface { get; set; }

    /// <summary>Its version, where the interface lists any.</summary>
    public string? Version { get; set; }

    /// <summary>The operation, as its contract names it.</summary>
    public string? Operation { get; set; }

    /// <summary>How it is answered: <c>synchronous</c>, <c>oneWay</c>, <c>asynchronous</c> or <c>reply</c>.</summary>
    public string? Pattern { get; set; }

    /// <summary>The destination that answered, or that was tried last.</summary>
    public string? Destination { get; set; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the last byte of the request had gone to the receiver.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the first byte of the receiver's answer was there.</summary>
    public DateTimeOffset? AnswerBegunAt { get; set; }

    /// <summary>When the last byte of the answer had gone to the caller.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Bytes of the request's body, as far as they are known.</summary>
    public long? RequestBytes { get; set; }

    /// <summary>Bytes of the answer's body.</summary>
    public long? ResponseBytes { get; set; }

    /// <summary>The HTTP status of the answer to the caller.</summary>
    public int Status { get; set; }

    /// <summary>How it ended.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>The code of the gateway's refusal, or the local name of the receiver's fault code.</summary>
    public string? FaultCode { get; set; }

    /// <summary>Departures of the request from its contract that were found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RequestFindings { get; set; }

    /// <summary>Departures of the answer from its contract that were found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ResponseFindings { get; set; }
}
