namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>Axis 1.4: WSDL2Java; sends chunked unless told otherwise.</summary>
[Collection(ToolkitCollection.Name)]
public sealed class AxisTests(ToolkitGateway gateway)
{
    const string Toolkit = "axis";
    const long Large = 1L << 30;

    static readonly (string, string) WithContentLength = ("LINKGW_CHUNKED", "0");

    readonly ToolkitClient _client = gateway.Client(Toolkit);
    readonly LookupClient _lookup = gateway.Lookup(Toolkit);

    [RequiresToolkitFact(Toolkit)]
    public Task It_opens_a_transfer_and_reads_its_status() => _client.OpensAsync(Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv, Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes_chunked() => _client.DeliversAsync("submit", ToolkitFiles.Binary, Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_chunks_as_attachments() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"), Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_a_submit_as_its_typed_fault() => _client.ReadsTheFaultAsync("submit", Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_an_open_as_its_typed_fault() => _client.ReadsTheFaultAsync("open", Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_the_refusal_of_1_GiB_chunked_as_a_fault() => _client.ReadsTheFaultOfALargeFileAsync("submit", Large, Localhost);

    [RequiresToolkitFact(Toolkit, isLong: true)]
    public Task It_submits_3_GiB_chunked() => _client.DeliversLargeAsync("submit", 3 * Large, Localhost);

    // With Debian's JavaMail, Axis counts too few bytes: a line Date: that JavaMail puts before the first boundary is not among them.
    [RequiresToolkitFact(Toolkit)]
    public Task Its_Content_Length_that_is_too_short_ends_in_a_fault_and_nothing_is_kept() =>
        _client.IsRefusedAsync("submit", ToolkitFiles.Binary, "LG-1007", WithContentLength, Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task A_chunk_of_which_it_counts_too_few_bytes_ends_in_a_fault_and_nothing_is_kept() =>
        _client.IsRefusedAsync("put", ToolkitFiles.Binary, "LG-1007", WithContentLength, Localhost);

    [RequiresToolkitFact(Toolkit)]
    public async Task It_does_not_talk_to_a_gateway_whose_certificate_it_does_not_trust()
    {
        var run = await _client.RunAsync("open", _client.NewFile(ToolkitFiles.Cp932Csv), ("LINKGW_CA", ""), Localhost);

        run.Ended(ToolkitRun.TransportError);
    }

    [RequiresToolkitFact(Toolkit)]
    public Task It_looks_a_resident_up() => _lookup.FindsAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_business_fault_as_its_typed_fault() => _lookup.ReadsTheBusinessFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_tells_a_fault_of_the_gateway_from_a_business_fault() => _lookup.ReadsTheGatewayFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_a_file_from_its_inbox_as_one_attachment() => _client.FetchesAsync("file", ToolkitFiles.Binary, Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_attachments() =>
        _client.FetchesAsync("chunks", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"), Localhost);

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_data() =>
        _client.FetchesAsync("data", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"), Localhost);

    // Debian's Axis compares the host with the names in the certificate only, not with the addresses there.
    (string, string) Localhost => ("LINKGW_URL", new UriBuilder(gateway.Address) { Host = "localhost" }.Uri.ToString());
}
