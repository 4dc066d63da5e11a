using System.Diagnostics;
using System.Security.Cryptography;
using LinkGateway.Samples.HouseToVacantHouse;
using LinkGateway.Samples.Shared;
using static LinkGateway.Samples.Shared.SampleRun;

// Two systems of two vendors and a gateway between them:
// dotnet run --project samples/HouseToVacantHouse [-- --size 64MiB] [--calls 1000] [--keep] [--spoil]
if (Arguments.Parse(args) is not { } options) return 2;
return await SampleRun.RunAsync("houses", (folder, stop) => RunAsync(options, folder, stop), cleanUp: !options.Keep);

static async Task RunAsync(Arguments options, string folder, CancellationToken cancellationToken)
{
    var (taxPassword, vacantPassword) = (RandomNumberGenerator.GetHexString(32), RandomNumberGenerator.GetHexString(32));
    var landing = Directory.CreateDirectory(Path.Combine(folder, "akiya-in")).FullName;
    var register = new Register();
    using var tax = new VendorSystem("PropertyTaxSystem", Path.Combine(folder, "vendor-a"));
    using var vacant = new VendorSystem("VacantHouseSystem", Path.Combine(folder, "vendor-b"));
    using var gateway = new Gateway("gw-a", Path.Combine(folder, "gw-a"), new Dictionary<string, string>
    {
        [Configuration.PropertyTaxPassword] = taxPassword,
        [Configuration.VacantHousesPassword] = vacantPassword,
    });

    Say("Start the property-tax system (vendor A, SOAP 1.1) and the vacant-house system (vendor B, SOAP 1.2)");
    await register.WriteAsync(Path.Combine(tax.Folder, "register.tsv"), cancellationToken);
    await tax.StartAsync(options.Spoil ? ["--spoil"] : [], cancellationToken);
    await vacant.StartAsync([], cancellationToken);

    Say("Start the gateway between them");
    var contracts = Path.Combine(AppContext.BaseDirectory, "interfaces");
    await gateway.StartAsync(Configuration.Of(gateway, contracts, tax.Address, vacant.Address, landing), cancellationToken);
    await File.WriteAllTextAsync(Path.Combine(tax.Folder, "gateway.json"),
        Configuration.ForVendor(gateway, Configuration.PropertyTax, taxPassword), cancellationToken);
    await File.WriteAllTextAsync(Path.Combine(vacant.Folder, "gateway.json"),
        Configuration.ForVendor(gateway, Configuration.VacantHouses, vacantPassword), cancellationToken);

    Say($"Make a house file (家屋データ, CP932) of {options.SizeText}");
    var file = Path.Combine(folder, "kaoku.csv");
    var rows = await HouseFile.WriteAsync(file, options.Size, cancellationToken);

    Say($"At the same time: transfer it, look {options.Questions:N0} houses and residents up, register a vacant house");
    var night = new Night(gateway, tax, vacant, register, taxPassword, folder);
    var clock = Stopwatch.StartNew();
    var start = DateTimeOffset.UtcNow;
    var transferring = night.TransferAsync(file, rows, landing, cancellationToken);
    var registering = night.RegisterAsync(cancellationToken);
    var asking = AskAsync();
    await Task.WhenAll(transferring, registering, asking);

    var ((findings, asked), transfer) = (await asking, await transferring);
    var arrival = await night.ArrivedAsync(await registering, cancellationToken);
    Report.Lookups(findings, asked, transfer);
    Report.Transfer(new FileInfo(file).Length, rows, transfer);
    Report.Registered(arrival);
    Report.Memory(gateway);
    Report.AllRight();
    if (options.Keep)
    {
        Report.Explore(gateway, tax, vacant, vacantPassword);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    async Task<(IReadOnlyList<Finding>, Stretch)> AskAsync()
    {
        var answered = await night.AskAsync(options.Questions, cancellationToken);
        return (answered, new Stretch(start, clock.Elapsed));
    }
}
