namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>The npm package strong-soap: chunks as data in the message, whole files as attachments in the shape of MTOM.</summary>
[Collection(ToolkitCollection.Name)]
public sealed class StrongSoapTests(ToolkitGateway gateway)
{
    const string Toolkit = "strong-soap";

    const long Large = 1L << 30;

    // A stream as attachment, in place of a buffer.
    static readonly (string, string) Chunked = ("LINKGW_CHUNKED", "1");

    readonly ToolkitClient _client = gateway.Client(Toolkit);
    readonly LookupClient _lookup = gateway.Lookup(Toolkit);

    [RequiresToolkitFact(Toolkit)]
    public Task It_opens_a_transfer_and_reads_its_status() => _client.OpensAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_does_so_in_SOAP_1_2() => _client.OpensAsync(Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_CP932_as_data() => _client.DeliversAsync("put", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_binary_bytes_as_data() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_data_under_a_Japanese_name() => _client.DeliversUnderAJapaneseNameAsync("put");

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_data_in_SOAP_1_2() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"), Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932_with_Content_Length() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes_with_Content_Length() => _client.DeliversAsync("submit", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Binary, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_under_a_Japanese_name() => _client.DeliversUnderAJapaneseNameAsync("submit");

    [RequiresToolkitFact(Toolkit, isLong: true)]
    public Task It_submits_3_GiB_chunked() => _client.DeliversLargeAsync("submit", 3 * Large, Chunked);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_an_open_as_its_fault() => _client.ReadsTheFaultAsync("open");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_a_submit_as_its_fault() => _client.ReadsTheFaultAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_in_SOAP_1_2_as_its_fault() => _client.ReadsTheFaultAsync("open", Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_the_refusal_of_1_GiB_chunked_as_a_fault() => _client.ReadsTheFaultOfALargeFileAsync("submit", Large, Chunked);

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
    public Task It_fetches_chunks_as_data() => _client.FetchesAsync("data", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"));
}
