using System.Text;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Something else answers in place of a gateway for a while: noise, a page of a proxy, an envelope that ends too early.</summary>
sealed class Garbage : Scenario
{
    static readonly byte[][] Answers =
    [
        [0x16, 0x03, 0x01, 0x00, 0xff, 0x00, 0x42],
        Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<h1>Hello!</h1>"),
        Encoding.ASCII.GetBytes(
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsick"),
        Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 999\r\n\r\n<Envelope xmlns=\"http://schemas"),
        Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 102\r\nConnection: close\r\n\r\n"
            + "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><ok/></e:Body></e:Envelope>  "),
    ];

    public override string Name => "garbage";

    public override FleetPlan Plan(HarnessOptions options) => new() { Opened = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, line) = (run.File(), Leg.InTurn(run));
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        line.Garbage = Answers[run.Random.Next(Answers.Length)];
        line.CutAll();
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        line.Garbage = null;
        await sending;
    }
}
