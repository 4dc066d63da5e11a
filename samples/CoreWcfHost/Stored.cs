using System.Runtime.Serialization;

namespace LinkGateway.Samples.CoreWcfHost;

/// <summary>What was stored.</summary>
[DataContract(Namespace = IFileIntake.Namespace)]
public sealed class Stored
{
    [DataMember(Order = 1)]
    public long Bytes { get; set; }

    [DataMember(Order = 2)]
    public string Sha256 { get; set; } = "";
}
