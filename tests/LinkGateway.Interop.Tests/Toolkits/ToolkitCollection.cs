namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>The tests of all toolkits: one gateway, and one toolkit at a time, since some of them want a whole core.</summary>
[CollectionDefinition(Name)]
public sealed class ToolkitCollection : ICollectionFixture<ToolkitGateway>, ICollectionFixture<JaxWsReceiver>
{
    public const string Name = "toolkits";
}
