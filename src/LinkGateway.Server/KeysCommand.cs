using System.CommandLine;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Security;
using LinkGateway.Storage.Files;

namespace LinkGateway.Server;

/// <summary>
/// <c>linkgateway-server keys --id ID --data DIR</c>: makes the gateway's own keys where they are missing and prints the public
/// certificates, so that partners can be told of them before the first start.
/// </summary>
static class KeysCommand
{
    public static Command Build()
    {
        var id = new Option<string>("--id") { Description = "Id of the gateway, as gateway.id will say", Required = true };
        var data = new Option<string>("--data") { Description = "Data directory, as data.directory will say", Required = true };
        var command = new Command("keys", "Make the gateway's own keys where they are missing.") { id, data };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(id), Path.GetFullPath(parsed.GetRequiredValue(data)), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string id, string data, CancellationToken cancellationToken)
    {
        try
        {
            using var running = DataDirectoryLock.Take(data);
            var own = new OwnCertificates(Path.Combine(data, "keys"), id, new PhysicalFileSystem(), TimeProvider.System);
            foreach (var wanted in (OwnCertificate[])[OwnCertificate.Tls, OwnCertificate.Receipt])
            {
                var (certificate, made) = await own.ReadOrMakeAsync(wanted, cancellationToken);
                certificate.Dispose();
                await Console.Out.WriteLineAsync($"{(made ? "made" : "kept")} {own.PublicFile(wanted)}");
            }

            return (int)ExitCode.Stopped;
        }
        catch (StartException error)
        {
            foreach (var problem in error.Problems)
                await Console.Error.WriteLineAsync(problem);
            return (int)error.ExitCode;
        }
    }
}
