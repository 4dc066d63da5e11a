using System.Globalization;
using System.Net;
using LinkGateway.Samples.FileReceiver;
using LinkGateway.Soap.AspNetCore.Hosting;

// A receiving system that files are pushed to: FileReceiver FOLDER [PORT]
var store = new FileStore(args[0]);
var port = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, port);
    // Files have no total size: what is too much is for the store to say.
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
});
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var system = builder.Build();

system.MapSoapService("/files", new FileService(store).Create(ContractDocuments.Publisher()));

await system.StartAsync();
Console.WriteLine($"port={new Uri(system.Urls.Single()).Port}");
await system.WaitForShutdownAsync();
