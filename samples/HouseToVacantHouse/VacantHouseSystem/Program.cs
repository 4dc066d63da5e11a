using System.Net;
using VendorB.VacantHouses;

// Vendor B's vacant-house system (空き家), SOAP 1.2: VacantHouseSystem FOLDER
const int AtOnce = 4;
var folder = args[0];

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var system = builder.Build();

var service = new VacantHouseService();
system.MapPost("/soap/vacant-house", service.TakeAsync);

// What officials do at the screen: all reports that came in, and questions about houses, several at once.
system.MapGet("/screen/reports", () => service.Reports);
system.MapPost("/screen/questions", async (Question[] questions, CancellationToken stop) =>
{
    using var inquiries = Inquiries.Open(Path.Combine(folder, "gateway.json"));
    var findings = new Finding[questions.Length];
    var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
    await Parallel.ForAsync(0, questions.Length, parallel, async (i, ct) => findings[i] = await inquiries.AskAsync(questions[i], ct));
    return findings;
});

await system.StartAsync();
await File.WriteAllTextAsync(Path.Combine(folder, "address.tmp"), system.Urls.Single());
File.Move(Path.Combine(folder, "address.tmp"), Path.Combine(folder, "address.txt"));
await system.WaitForShutdownAsync();
