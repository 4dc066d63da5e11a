namespace LinkGateway.Core.Transfers;

/// <summary>The right to decide about one transfer.</summary>
readonly struct DecisionScope(TransferRegistry registry, LiveTransfer live) : IDisposable
{
    public LiveTransfer Transfer => live;

    public void Dispose() => registry.Leave(live);
}
