namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// The sample lookup of a toolkit, run as a vendor runs it: <c>build-lookup</c> once from the document that the gateway publishes, then
/// <c>lookup</c>. The methods are the cases that hold for all toolkits.
/// </summary>
sealed class LookupClient
{
    // No address: Debian's Axis compares it with the names in the certificate only, not with the addresses there.
    const string Host = "localhost";

    readonly ToolkitGateway _gateway;
    readonly string _source;
    readonly string _output;
    readonly Lazy<Task> _built;

    public LookupClient(string toolkit, ToolkitGateway gateway)
    {
        _gateway = gateway;
        _source = ToolkitRequirements.Folder(toolkit);
        _output = gateway.Folder($"build-lookup-{toolkit}");
        _built = new(BuildAsync);
    }

    /// <summary>A lookup reads the resident, Japanese text and a character beyond the Basic Multilingual Plane included.</summary>
    public async Task FindsAsync(params (string Name, string Value)[] variables)
    {
        var run = await RunAsync(ResidentReceiver.Known, variables);

        ReadsTheResident(run);
        Assert.Equal("142051-kaoku", _gateway.Resident.Received["LinkGateway-Origin"]);
    }

    /// <summary>A fault of the receiving system is read with its own detail, and is not taken for one of the gateway.</summary>
    public async Task ReadsTheBusinessFaultAsync(params (string Name, string Value)[] variables) =>
        ReadsTheBusinessFault(await RunAsync(ResidentReceiver.Unknown, variables));

    /// <summary>
    /// A fault of the gateway is read with its code, and is not taken for one of the receiving system: a number that breaks the contract
    /// goes no further than the gateway.
    /// </summary>
    public async Task ReadsTheGatewayFaultAsync(params (string Name, string Value)[] variables)
    {
        var before = _gateway.Resident.Count;

        var run = await RunAsync("12", variables);

        ReadsTheGatewayFault(run, "LG-1008");
        Assert.Equal(before, _gateway.Resident.Count);
    }

    /// <summary>Runs it.</summary>
    /// <param name="number">宛名番号.</param>
    /// <param name="variables">More or other options.</param>
    public async Task<ToolkitRun> RunAsync(string number, params (string Name, string Value)[] variables)
    {
        await _built.Value;
        return await ToolkitProcess.RunAsync(Path.Combine(_source, "lookup"), [number], _output,
        [
            ("LINKGW_URL", Address),
            ("LINKGW_WSDL", $"{Address}?wsdl"),
            ("LINKGW_USER", ToolkitGateway.Origin),
            ("LINKGW_PASSWORD", _gateway.Password),
            ("LINKGW_CA", _gateway.CertificateAuthority),
            ("LINKGW_BUILD", _output),
            .. variables,
        ]);
    }

    /// <summary>Options for SOAP 1.2.</summary>
    public (string Name, string Value) Soap12 => ("LINKGW_WSDL", $"{Address}?wsdl=soap12");

    /// <summary>Options for the same call to the system of another organisation.</summary>
    public (string Name, string Value) Of(string organisationCode) => ("LINKGW_URL", AddressOf(organisationCode));

    public static void ReadsTheResident(ToolkitRun run) =>
        run.Ended(0).Says("name", ResidentReceiver.Name).Says("birthDate", "1970-01-01").Says("address", ResidentReceiver.Address);

    public static void ReadsTheBusinessFault(ToolkitRun run) =>
        run.Ended(ToolkitRun.BusinessFault).Says("businessFault", "NotFound").Says("text", "該当者なし");

    public static void ReadsTheGatewayFault(ToolkitRun run, string code)
    {
        run.Ended(ToolkitRun.Fault).Says("fault", code);
        Assert.False(string.IsNullOrWhiteSpace(run["text"]), run.ToString());
    }

    string Address => AddressOf("142051");

    string AddressOf(string organisationCode) =>
        new UriBuilder(_gateway.Address) { Host = Host, Path = $"/services/{organisationCode}/ResidentLookup" }.Uri.ToString();

    // Made by the service's own published document, which needs no credentials.
    async Task BuildAsync()
    {
        var build = Path.Combine(_source, "build-lookup");
        if (!File.Exists(build)) return;
        var built = await ToolkitProcess.RunAsync(
            build, [$"{Address}?wsdl", _output], _output, ("LINKGW_CA", _gateway.CertificateAuthority));
        built.Ended(0);
    }
}
