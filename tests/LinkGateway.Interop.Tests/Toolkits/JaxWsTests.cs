namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>JAX-WS, the reference implementation; with Content-Length it gathers the message in memory.</summary>
[Collection(ToolkitCollection.Name)]
public sealed class JaxWsTests(ToolkitGateway gateway)
{
    const string Toolkit = "jaxws";
    const long Large = 1L << 30;

    static readonly (string, string) Chunked = ("LINKGW_CHUNKED", "1");

    readonly ToolkitClient _client = gateway.Client(Toolkit);
    readonly LookupClient _lookup = gateway.Lookup(Toolkit);

    [RequiresToolkitFact(Toolkit)]
    public Task It_opens_a_transfer_and_reads_its_status() => _client.OpensAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932_with_Content_Length() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes_with_Content_Length() => _client.DeliversAsync("submit", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Binary, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_chunks_as_attachments() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_chunks_as_attachments_chunked() =>
        _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"), Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_a_submit_as_its_typed_fault() => _client.ReadsTheFaultAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_an_open_as_its_typed_fault() => _client.ReadsTheFaultAsync("open");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_the_refusal_of_1_GiB_chunked_as_a_fault() => _client.ReadsTheFaultOfALargeFileAsync("submit", Large, Chunked);

    [RequiresToolkitFact(Toolkit, isLong: true)]
    public Task It_submits_3_GiB_chunked() => _client.DeliversLargeAsync("submit", 3 * Large, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public async Task It_does_not_talk_to_a_gateway_whose_certificate_it_does_not_trust()
    {
        var run = await _client.RunAsync("open", _client.NewFile(ToolkitFiles.Cp932Csv), ("LINKGW_CA", ""));

        run.Ended(ToolkitRun.TransportError);
    }

    [RequiresToolkitFact(Toolkit)]
    public Task It_looks_a_resident_up() => _lookup.FindsAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_business_fault_as_its_typed_fault() => _lookup.ReadsTheBusinessFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_tells_a_fault_of_the_gateway_from_a_business_fault() => _lookup.ReadsTheGatewayFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_a_file_from_its_inbox_as_one_attachment() => _client.FetchesAsync("file", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_attachments() => _client.FetchesAsync("chunks", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_data() => _client.FetchesAsync("data", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"));
}
