using System.Text;
using System.Text.Json;
using LinkGateway.Cli.Commands;
using LinkGateway.Client.Gateway;

namespace LinkGateway.Cli;

/// <summary>Runs <c>linkgw</c> as a function against a fake gateway, in a folder and environment of its own.</summary>
sealed class CliBench : IAsyncDisposable
{
    CliBench(FakeGateway gateway) => Gateway = gateway;

    public FakeGateway Gateway { get; }

    public TempFolder Folder { get; } = new();

    public Dictionary<string, string> Variables { get; } = new() { ["LC_ALL"] = "en_US.UTF-8", ["LINKGW_PASSWORD"] = "secret" };

    public byte[] Input { get; set; } = [];

    public bool InputIsTerminal { get; set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public static async Task<CliBench> StartAsync() => new(await FakeGateway.StartAsync());

    /// <summary>Runs a command line; what the command writes is in <see cref="Out"/> and <see cref="Error"/>.</summary>
    public async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await LinkgwCommand.RunAsync([.. arguments], new CliHost
        {
            Out = output,
            Error = TextWriter.Synchronized(error),
            Input = new MemoryStream(Input),
            InputIsTerminal = InputIsTerminal,
            Variable = Variables.GetValueOrDefault,
            CurrentFolder = Folder.Path,
            HomeFolder = Folder.Path,
        }, cancellationToken);
        (Out, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public Task<int> RunAsync(params string[] arguments) => RunAsync(arguments, default);

    /// <summary>Sends a file with all that is needed and is not among the options given; tries twice at most.</summary>
    public Task<int> SendAsync(string file, params string[] more)
    {
        string[] defaults = ["--to", "kaoku", "--interface", "house-tax", "--environment", "test", "--tries", "2", .. Server];
        var missing = defaults.Chunk(2).Where(option => option[0] == "--to" || !more.Contains(option[0])).SelectMany(option => option);
        return RunAsync(["send", file, .. missing, .. more], default);
    }

    /// <summary>The options that say where and as whom.</summary>
    public string[] Server => ["--server", Gateway.Address.AbsoluteUri, "--user", "juki"];

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The certificate of the gateway's receipts, as a PEM file.</summary>
    public string ReceiptCertificate() =>
        Folder.File("receipts.pem", Encoding.ASCII.GetBytes(Gateway.Service.Certificate.ExportCertificatePem()));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Folder.Dispose();
    }
}
