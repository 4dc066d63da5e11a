namespace LinkGateway.LoadBench.Processes;

/// <summary>What a gateway under test does beside taking files in.</summary>
sealed record GatewaySetup
{
    /// <summary>Whether its listener speaks TLS.</summary>
    public bool Https { get; init; }

    /// <summary>The gateway to forward to; null: files end here, in the folder or the inbox.</summary>
    public GatewayUnderTest? Next { get; init; }

    /// <summary>Port on this machine that leads to <see cref="Next"/>; null: its own.</summary>
    public int? NextPort { get; init; }

    /// <summary>The gateway that forwards to it; null: none.</summary>
    public GatewayUnderTest? Previous { get; init; }

    /// <summary>The gateway that took the files in, whose receipts are to be believed; null: it or <see cref="Previous"/>.</summary>
    public GatewayUnderTest? Entry { get; init; }

    /// <summary>The receiver of synchronous calls; null: none.</summary>
    public Uri? Service { get; init; }

    /// <summary>Value of <c>soapHost</c>.</summary>
    public string SoapHost { get; init; } = "kestrel";
}
