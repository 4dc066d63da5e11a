using System.Text.Json.Nodes;

namespace LinkGateway.FaultHarness.Sending;

/// <summary>A file that the sending system has to send; its content is like no other's.</summary>
sealed class OutgoingFile
{
    public required string Path { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Known when the sender has told it.</summary>
    public string? TransferId { get; set; }

    /// <summary>Whether the sender holds the accepted receipt: from here on the file must arrive.</summary>
    public bool Accepted { get; set; }

    /// <summary>Whether an operator has settled at the last gateway that it was delivered: no receipt will prove it.</summary>
    public bool SettledByOperator { get; set; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Takes over what <c>linkgw send --json</c> said.</summary>
    public void Learn(JsonNode said)
    {
        if (said["transferId"]?.GetValue<string>() is { Length: > 0 } id) TransferId = id;
        if (said["receipt"] is not null) Accepted = true;
    }
}
