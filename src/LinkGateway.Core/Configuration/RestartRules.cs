namespace LinkGateway.Core.Configuration;

/// <summary>What cannot change while the gateway runs: it would have to half-apply the file, and running transfers stand on it.</summary>
internal static class RestartRules
{
    public static IReadOnlyList<ConfigurationError> Check(GatewayConfiguration current, GatewayConfiguration next)
    {
        var errors = new List<ConfigurationError>();
        Require(current.Gateway == next.Gateway, "$.gateway");
        Require(current.Data == next.Data, "$.data");
        Require(current.Listeners.SequenceEqual(next.Listeners), "$.listeners");
        Require(current.Receipts.Certificate == next.Receipts.Certificate, "$.receipts.certificate");
        return errors;

        void Require(bool unchanged, string path)
        {
            if (!unchanged)
                errors.Add(new(path, "it cannot change while the gateway runs",
                    "Restart the gateway to apply it, or take the change back"));
        }
    }
}
