namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>The npm package soap, whose attachments go as MTOM: the root is application/xop+xml.</summary>
[Collection(ToolkitCollection.Name)]
public sealed class NodeSoapTests(ToolkitGateway gateway)
{
    const string Toolkit = "node-soap";

    // The package holds several copies of the file in memory.
    const long Large = 256L << 20;

    readonly ToolkitClient _client = gateway.Client(Toolkit);
    readonly LookupClient _lookup = gateway.Lookup(Toolkit);

    [RequiresToolkitFact(Toolkit)]
    public Task It_opens_a_transfer_and_reads_its_status() => _client.OpensAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_does_so_in_SOAP_1_2() => _client.OpensAsync(Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes() => _client.DeliversAsync("submit", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_under_a_Japanese_name() => _client.DeliversUnderAJapaneseNameAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_in_SOAP_1_2() => _client.DeliversAsync("submit", ToolkitFiles.Binary, Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_a_large_file() => _client.DeliversLargeAsync("submit", Large);

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_chunks_as_attachments() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_an_open_as_its_fault() => _client.ReadsTheFaultAsync("open");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_a_submit_as_its_fault() => _client.ReadsTheFaultAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_in_SOAP_1_2_as_its_fault() => _client.ReadsTheFaultAsync("submit", Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_the_refusal_of_a_large_file_as_a_fault() => _client.ReadsTheFaultOfALargeFileAsync("submit", Large);

    [RequiresToolkitFact(Toolkit)]
    public Task It_looks_a_resident_up() => _lookup.FindsAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_business_fault_as_its_fault() => _lookup.ReadsTheBusinessFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_tells_a_fault_of_the_gateway_from_a_business_fault() => _lookup.ReadsTheGatewayFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_looks_a_resident_up_in_SOAP_1_2() => _lookup.FindsAsync(_lookup.Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_business_fault_of_SOAP_1_2() => _lookup.ReadsTheBusinessFaultAsync(_lookup.Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_tells_a_fault_of_the_gateway_in_SOAP_1_2_from_a_business_fault() =>
        _lookup.ReadsTheGatewayFaultAsync(_lookup.Soap12);

    (string, string) Soap12 => ("LINKGW_WSDL", $"{gateway.Address}?wsdl=soap12");

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_a_file_from_its_inbox_as_one_attachment() => _client.FetchesAsync("file", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_attachments() => _client.FetchesAsync("chunks", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_data() => _client.FetchesAsync("data", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"));
}
