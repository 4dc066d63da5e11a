namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>SOAP::Lite (Perl) with attachments of MIME::Entity.</summary>
[Collection(ToolkitCollection.Name)]
public sealed class SoapLiteTests(ToolkitGateway gateway)
{
    const string Toolkit = "soap-lite";

    // SOAP::Lite holds several copies of a message in memory.
    const long Large = 64L << 20;

    // SOAP::Lite then makes UTF-8 of every byte of the message.
    static readonly (string, string) EncodedTwice = ("LINKGW_ATTACHMENT_ENCODING", "binary");

    readonly ToolkitClient _client = gateway.Client(Toolkit);
    readonly LookupClient _lookup = gateway.Lookup(Toolkit);

    [RequiresToolkitFact(Toolkit)]
    public Task It_opens_a_transfer_and_reads_its_status() => _client.OpensAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_CP932() => _client.DeliversAsync("submit", ToolkitFiles.Cp932Csv);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_binary_bytes() => _client.DeliversAsync("submit", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_submits_under_a_Japanese_name() => _client.DeliversUnderAJapaneseNameAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_puts_chunks_as_attachments() => _client.DeliversAsync("put", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_an_open_as_its_fault() => _client.ReadsTheFaultAsync("open");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_refusal_of_a_submit_as_its_fault() => _client.ReadsTheFaultAsync("submit");

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_the_refusal_of_a_large_file_as_a_fault() => _client.ReadsTheFaultOfALargeFileAsync("submit", Large);

    [RequiresToolkitFact(Toolkit)]
    public Task A_body_that_it_encoded_twice_is_refused_and_nothing_is_kept() =>
        _client.IsRefusedAsync("submit", ToolkitFiles.Cp932Csv, "LG-2007", EncodedTwice);

    [RequiresToolkitFact(Toolkit)]
    public Task A_chunk_that_it_encoded_twice_is_refused_and_nothing_is_kept() =>
        _client.IsRefusedAsync("put", ToolkitFiles.Binary, "LG-2006", EncodedTwice, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_looks_a_resident_up() => _lookup.FindsAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_reads_a_business_fault_as_its_fault() => _lookup.ReadsTheBusinessFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_tells_a_fault_of_the_gateway_from_a_business_fault() => _lookup.ReadsTheGatewayFaultAsync();

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_a_file_from_its_inbox_as_one_attachment() => _client.FetchesAsync("file", ToolkitFiles.Binary);

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_attachments() => _client.FetchesAsync("chunks", ToolkitFiles.Binary, ("LINKGW_CHUNK", "65536"));

    [RequiresToolkitFact(Toolkit)]
    public Task It_fetches_chunks_as_data() => _client.FetchesAsync("data", ToolkitFiles.Cp932Csv, ("LINKGW_CHUNK", "65536"));
}
