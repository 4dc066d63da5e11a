using System.Diagnostics;
using System.Globalization;
using System.Net;
using CoreWCF.Configuration;
using LinkGateway.Samples.CoreWcfHost;
using LinkGateway.Soap.CoreWcf.Swa;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

// dotnet run -c Release --project samples/CoreWcfHost -p:CoreWcf=true [-- MEBIBYTES]
// A CoreWCF service that takes in files as SOAP attachments, and one of 1 GiB sent to it. Nothing of the gateway runs here.
var mebibytes = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1024;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
builder.Services.AddServiceModelServices();
builder.Services.AddSingleton<FileIntake>();
var application = builder.Build();
((IApplicationBuilder)application).UseServiceModel(services => services
    .AddService<FileIntake>()
    .AddServiceEndpoint<FileIntake, IFileIntake>(new SwaHttpBinding(), "/files"));
await application.StartAsync();
var address = new Uri(application.Urls.Single() + "/files");
Console.WriteLine($"{address} takes files in.");

// A small one first: what it costs to start is not what a large one costs.
await SendAsync(1);
var before = PeakMemory();
var clock = Stopwatch.StartNew();
await SendAsync(mebibytes);
Console.WriteLine(
    $"{clock.Elapsed.TotalSeconds:F2} s, {mebibytes * 1.048576 / clock.Elapsed.TotalSeconds:F0} MB/s; peak memory of sender and service "
    + $"{before} MiB before, {PeakMemory()} MiB after");
await application.StopAsync();

async Task SendAsync(int size)
{
    var length = (long)size << 20;
    using var http = new HttpClient(SoapHttpHandler.Create());
    await using var response = await new SoapSender(http).SendAsync(
        address,
        new SoapRequest
        {
            Version = SoapVersion.Soap11,
            Action = IFileIntake.Namespace + "/IFileIntake/Store",
            Body = writer =>
            {
                writer.WriteStartElement("Store", IFileIntake.Namespace);
                writer.WriteElementString("file", IFileIntake.Namespace, "cid:file@vendor.example");
                writer.WriteEndElement();
            },
            Attachments =
            [
                OutgoingAttachment.From(
                    MimeHeaders.ForPart("file@vendor.example", new MediaType("application", "octet-stream")), new ZeroFile(length), length),
            ],
        },
        CancellationToken.None);
    if (response.Fault is { } fault)
        throw new InvalidOperationException(fault.Reason);
    using var reader = response.Envelope!.ReadBody();
    Console.WriteLine(reader.ReadInnerXml());
}

// In MiB, as Linux counts it.
static long PeakMemory() => long.Parse(
    File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
    CultureInfo.InvariantCulture) / 1024;
