using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Cli.Commands;

/// <summary>
/// <c>linkgw config check FILE</c>: all errors of a gateway's configuration at once; with <c>--server</c> the gateway itself looks at
/// catalogue, keys, secrets and folders too.
/// </summary>
static class ConfigCommand
{
    public static Command Build(CliHost host)
    {
        var file = new Argument<string>("FILE") { Description = Messages.ArgumentConfiguration };
        var json = new Option<bool>("--json") { Description = Messages.OptionJson };
        var connection = ConnectionArguments.OfOperators();
        var check = new Command("check", Messages.DescribeConfigCheck) { file, json };
        connection.AddTo(check);
        check.SetAction(async (arguments, cancellationToken) =>
        {
            var path = arguments.GetValue(file)!;
            if (!connection.NamesServer(arguments)) return Check(host, path, arguments.GetValue(json));
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            using var link = connection.ConnectOperators(arguments, host);
            var answer = await link.Client.CheckConfigurationAsync(text, cancellationToken);
            return answer is OperatorAnswer<ConfigurationFindings>.Answered { Value: var findings }
                ? Show(host, path, findings, arguments.GetValue(json))
                : OperatorCall.Failed(host, answer);
        });
        return new Command("config", Messages.DescribeConfig) { check };
    }

    static int Check(CliHost host, string path, bool asJson)
    {
        var errors = GatewayConfiguration.Load(path).Errors.Select(error => new ConfigurationFinding
        {
            Severity = ConfigurationFinding.Error,
            Path = error.Path,
            Problem = error.Problem,
            Remedy = error.Remedy,
        });
        return Show(host, path, new ConfigurationFindings { Findings = [.. errors] }, asJson);
    }

    static int Show(CliHost host, string path, ConfigurationFindings found, bool asJson)
    {
        var errors = found.Findings.Count(finding => finding.Severity == ConfigurationFinding.Error);
        if (asJson)
        {
            OperatorText.WriteJson(host.Out, found);
        }
        else
        {
            foreach (var finding in found.Findings)
                host.Error.WriteLine(finding.Severity == ConfigurationFinding.Error
                    ? finding.ToString()
                    : Say.Text(Messages.ConfigWarning, finding));
            if (errors == 0) host.Out.WriteLine(Say.Text(Messages.ConfigGood, path));
            else host.Error.WriteLine(Say.Text(Messages.ConfigWrong, path, errors));
        }

        return errors == 0 ? ExitCode.Ok : ExitCode.Usage;
    }
}
