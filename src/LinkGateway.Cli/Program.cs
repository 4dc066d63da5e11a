using System.Runtime.InteropServices;
using LinkGateway.Cli;
using LinkGateway.Cli.Commands;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await LinkgwCommand.RunAsync(args, CliHost.OfThisProcess(), cancellation.Token);

// The first signal ends the work in good order, a second one the process at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
