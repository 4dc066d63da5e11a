using System.Globalization;

namespace LinkGateway.Core.Configuration;

/// <summary>What the placeholders of a <see cref="NameTemplate"/> stand for.</summary>
/// <param name="FileName">The manifest's file name.</param>
/// <param name="TransferId">The origin's id of the transfer.</param>
/// <param name="Origin">The origin.</param>
/// <param name="Interface">The interface.</param>
/// <param name="Receiver">The receiver.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Replay">0, or n for the n-th replay.</param>
public sealed record NameTemplateValues(
    string FileName, string TransferId, string Origin, string Interface, string Receiver, string DeliveryId, int Replay)
{
    internal string ValueOf(string placeholder) => placeholder switch
    {
        "fileName" => FileName,
        "transferId" => TransferId,
        "origin" => Origin,
        "interface" => Interface,
        "receiver" => Receiver,
        "deliveryId" => DeliveryId,
        "replay" => Replay.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder)),
    };
}
