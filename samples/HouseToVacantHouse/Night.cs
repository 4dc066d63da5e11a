using System.Diagnostics;
using System.Globalization;
using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>
/// One night: lookups, a registration and a file, all through the same gateway at the same time, and what must be true of each.
/// </summary>
sealed class Night(Gateway gateway, VendorSystem tax, VendorSystem vacant, Register register, string taxPassword, string folder)
{
    const string ReportId = "R-2026-0001";
    const int VacantRow = 42;
    static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(60);

    string Receipts => Path.Combine(folder, "receipts");

    /// <summary>The nightly file, by the command line: returns when its delivered receipt is there and verified.</summary>
    public async Task<Stretch> TransferAsync(string file, long rows, string landing, CancellationToken cancellationToken)
    {
        var (started, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        await LinkgwAsync(
            [
                "send", file, "--interface", Configuration.FileInterface, "--to", Configuration.VacantHouses, "--kind", "full",
                "--environment", "test", "--charset", "windows-31j", "--record-count", rows.ToString(CultureInfo.InvariantCulture),
                "--wait", "delivered", "--out", Path.Combine(Receipts, "file"),
            ],
            cancellationToken);
        var stretch = new Stretch(started, clock.Elapsed);
        var landed = Path.Combine(landing, Path.GetFileName(file));
        await VerifyAsync(Path.Combine(Receipts, "file"), landed, cancellationToken);
        var sent = await HouseFile.Sha256Async(file, cancellationToken);
        var arrived = await HouseFile.Sha256Async(landed, cancellationToken);
        if (sent != arrived) throw new SampleException($"The landed file differs: {arrived}, sent was {sent}.");
        return stretch;
    }

    /// <summary>The vacant-house system's questions; every answer is compared with the register.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(int count, CancellationToken cancellationToken)
    {
        var asked = register.Questions(count).ToArray();
        var findings = await vacant.UseAsync<Finding[]>("/screen/questions", asked.Select(item => item.Question), cancellationToken);
        var wrong = asked.Zip(findings, (item, finding) => (item.Question, item.Expected, Finding: finding))
            .Where(item => !item.Expected.IsMetBy(item.Finding)).ToArray();
        if (findings.Length == asked.Length && wrong.Length == 0) return findings;
        var first = wrong.Select(item => $"\n  {item.Question}\n  expected {item.Expected}\n  was      {item.Finding}").FirstOrDefault();
        throw new SampleException($"{wrong.Length} of {asked.Length} lookups ({findings.Length} answered) went wrong.{first}");
    }

    /// <summary>The property-tax system's report, sent twice: there must be a delivered receipt over what was sent.</summary>
    public async Task<Registration> RegisterAsync(CancellationToken cancellationToken)
    {
        var sent = await tax.UseAsync<Registration>($"/screen/vacant/{ReportId}/{VacantRow}", null, cancellationToken);
        if (sent is not { Status: 202, TransferId: { } id, Repeated: true })
            throw new SampleException($"The registration was not accepted: {sent}.");
        var receipts = Path.Combine(Receipts, "registration");
        var waited = Stopwatch.StartNew();
        do
        {
            if (waited.Elapsed > DeliveryPatience) throw new SampleException("The registration was not delivered.");
            await Task.Delay(200, cancellationToken);
            await LinkgwAsync(["receipts", id, "--out", receipts], cancellationToken, quiet: true);
        }
        while (Delivered(receipts).Length == 0);
        await VerifyAsync(receipts, sent.Sent, cancellationToken);
        return sent;
    }

    /// <summary>The report must have arrived once, as it was sent; looked at when all is over, to give a second arrival its time.</summary>
    public async Task<Arrival> ArrivedAsync(Registration sent, CancellationToken cancellationToken)
    {
        var arrivals = await vacant.LookAsync<Arrival[]>("/screen/reports", cancellationToken);
        var row = register.Rows[VacantRow];
        var expected = new Arrival(ReportId, row.Number, row.Location, sent.TransferId);
        return arrivals is [var arrival] && arrival == expected
            ? arrival
            : throw new SampleException($"Expected once {expected}, arrived: {string.Join<Arrival>(", ", arrivals)}.");
    }

    async Task VerifyAsync(string receipts, string file, CancellationToken cancellationToken)
    {
        if (Delivered(receipts) is not [var receipt])
            throw new SampleException($"There is not exactly one delivered receipt in {receipts}.");
        string[] verify = ["verify", receipt, file, "--trust", gateway.ReceiptCertificate];
        await ChildProcess.RunAsync("linkgw", verify, new Dictionary<string, string>(), cancellationToken);
    }

    static string[] Delivered(string receipts) => Directory.Exists(receipts) ? Directory.GetFiles(receipts, "*delivered*.xml") : [];

    Task LinkgwAsync(string[] command, CancellationToken cancellationToken, bool quiet = false) => ChildProcess.RunAsync(
        "linkgw",
        [
            .. command, "--server", gateway.Address + "/batch", "--trust", gateway.TlsCertificate, "--user", Configuration.PropertyTax,
        ],
        new Dictionary<string, string> { ["LINKGW_PASSWORD"] = taxPassword },
        cancellationToken,
        quiet ? Path.Combine(folder, "linkgw.log") : null);
}
