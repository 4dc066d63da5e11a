using System.Net;
using VendorA.PropertyTax;

// Vendor A's property-tax system (固定資産税), SOAP 1.1: PropertyTaxSystem FOLDER [--spoil]
var folder = args[0];
var houses = File.ReadLines(Path.Combine(folder, "register.tsv")).Select(House.Read).ToArray();

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var system = builder.Build();

system.MapPost("/soap/house", new HouseService(houses, args.Contains("--spoil")).AnswerAsync);
system.MapPost("/soap/resident", new ResidentService(houses).AnswerAsync);

// What an official does at the screen.
var reporter = new VacancyReporter(folder);
system.MapPost("/screen/vacant/{reportId}/{row:int}", (string reportId, int row) => reporter.ReportAsync(reportId, houses[row]));

await system.StartAsync();
await File.WriteAllTextAsync(Path.Combine(folder, "address.tmp"), system.Urls.Single());
File.Move(Path.Combine(folder, "address.tmp"), Path.Combine(folder, "address.txt"));
await system.WaitForShutdownAsync();
