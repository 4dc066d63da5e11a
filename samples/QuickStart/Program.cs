using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LinkGateway.Samples.QuickStart;
using LinkGateway.Samples.Shared;
using static LinkGateway.Samples.Shared.SampleRun;

// Two gateways, one file: dotnet run --project samples/QuickStart [-- --size 256MiB] [--keep]
if (Arguments.Parse(args) is not { } options) return 2;
return await SampleRun.RunAsync("quickstart", (folder, stop) => RunAsync(options, folder, stop));

static async Task RunAsync(Arguments options, string folder, CancellationToken cancellationToken)
{
    var passwords = new Dictionary<string, string>
    {
        [Configurations.OriginPassword] = RandomNumberGenerator.GetHexString(32),
        [Configurations.GatewayPassword] = RandomNumberGenerator.GetHexString(32),
    };
    var landing = Directory.CreateDirectory(Path.Combine(folder, "akiya-in")).FullName;
    using var a = new Gateway("gw-a", Path.Combine(folder, "gw-a"), passwords);
    using var b = new Gateway("gw-b", Path.Combine(folder, "gw-b"), passwords);

    Say("Keys of both gateways");
    await a.MakeKeysAsync(cancellationToken);
    await b.MakeKeysAsync(cancellationToken);

    Say("Start both gateways on free ports");
    await b.StartAsync(Configurations.OfB(a, b, landing), cancellationToken);
    await a.StartAsync(Configurations.OfA(a, b), cancellationToken);

    Say($"Make a house file (家屋データ, CP932) of {options.SizeText}");
    var file = Path.Combine(folder, "kaoku.csv");
    var rows = await HouseFile.WriteAsync(file, options.Size, cancellationToken);

    Say("Send it and wait for the delivered receipt");
    string[] send =
    [
        "send", file, "--server", a.Address + "/batch", "--trust", a.TlsCertificate, "--user", Configurations.Origin,
        "--interface", Configurations.Interface, "--to", Configurations.Receiver, "--kind", "full", "--environment", "test",
        "--charset", "windows-31j", "--record-count", rows.ToString(CultureInfo.InvariantCulture),
        "--wait", "delivered", "--out", Path.Combine(folder, "receipts"),
    ];
    var clock = Stopwatch.StartNew();
    var client = new Dictionary<string, string>(passwords) { ["LINKGW_PASSWORD"] = passwords[Configurations.OriginPassword] };
    await ChildProcess.RunAsync("linkgw", send, client, cancellationToken);
    clock.Stop();

    Say("Verify the delivered receipt against the landed file");
    var landed = Path.Combine(landing, "kaoku.csv");
    var receipt = Directory.GetFiles(Path.Combine(folder, "receipts"), "*delivered*.xml").SingleOrDefault()
        ?? throw new SampleException("There is not exactly one delivered receipt.");
    await ChildProcess.RunAsync("linkgw", ["verify", receipt, landed, "--trust", b.ReceiptCertificate], client, cancellationToken);
    var (sent, arrived) = (await HouseFile.Sha256Async(file, cancellationToken), await HouseFile.Sha256Async(landed, cancellationToken));
    if (sent != arrived) throw new SampleException($"The landed file differs: {arrived}, sent was {sent}.");

    Report.Write(new FileInfo(file).Length, rows, clock.Elapsed, [a, b], [("landed file", landed), ("control file", landed + ".ctl.json"),
        ("receipts", Path.Combine(folder, "receipts")), ("SHA-256", arrived)]);
    if (options.Keep)
    {
        Report.Explore(a, b, passwords);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    // The landed file stays with its receipt; what made it is gone with the gateways.
    File.Delete(file);
}
