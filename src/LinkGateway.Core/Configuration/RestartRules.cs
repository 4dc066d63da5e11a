namespace LinkGateway.Core.Configuration;

/// <summary>What cannot change while the gateway runs: it would have to half-apply the file, and running transfers stand on it.</summary>
static class RestartRules
{
    // Those of the listeners, which hold from start to stop.
    static readonly (string Name, Func<LimitSettings, object> Value)[] ListenerLimits =
    [
        ("connections", limits => limits.Connections),
        ("rootBytes", limits => limits.RootBytes),
        ("envelopeDepth", limits => limits.EnvelopeDepth),
        ("envelopeNodes", limits => limits.EnvelopeNodes),
        ("elementAttributes", limits => limits.ElementAttributes),
        ("nameLength", limits => limits.NameLength),
        ("namespaceLength", limits => limits.NamespaceLength),
        ("headerNodes", limits => limits.HeaderNodes),
        ("parts", limits => limits.Parts),
        ("partHeaderBytes", limits => limits.PartHeaderBytes),
        ("partHeaders", limits => limits.PartHeaders),
        ("preambleBytes", limits => limits.PreambleBytes),
        ("epilogueBytes", limits => limits.EpilogueBytes),
        ("paddingBytes", limits => limits.PaddingBytes),
        ("drainBytes", limits => limits.DrainBytes),
        ("drainTime", limits => limits.DrainTime),
        ("drains", limits => limits.Drains),
        ("preRootSpoolBytes", limits => limits.PreRootSpoolBytes),
        ("headerAndRootTime", limits => limits.HeaderAndRootTime),
        ("attachmentSilence", limits => limits.AttachmentSilence),
        ("attachmentMinimumRate", limits => limits.AttachmentMinimumRate),
        ("attachmentRateWindow", limits => limits.AttachmentRateWindow),
    ];

    public static IReadOnlyList<ConfigurationError> Check(GatewayConfiguration current, GatewayConfiguration next)
    {
        var errors = new List<ConfigurationError>();
        Require(current.Gateway == next.Gateway, "$.gateway");
        Require(current.Data == next.Data, "$.data");
        Require(current.Listeners.SequenceEqual(next.Listeners), "$.listeners");
        Require(current.SoapHost == next.SoapHost, "$.soapHost");
        Require(Operators(current).SequenceEqual(Operators(next)), "$.operator");
        Require(current.Receipts.Certificate == next.Receipts.Certificate, "$.receipts.certificate");
        foreach (var (name, value) in ListenerLimits)
            Require(value(current.Limits).Equals(value(next.Limits)), $"$.limits.{name}");
        return errors;

        static IReadOnlyList<ListenerSettings> Operators(GatewayConfiguration configuration) => configuration.Operator?.Listeners ?? [];

        void Require(bool unchanged, string path)
        {
            if (!unchanged)
                errors.Add(new(path, "it cannot change while the gateway runs",
                    "Restart the gateway to apply it, or take the change back"));
        }
    }
}
