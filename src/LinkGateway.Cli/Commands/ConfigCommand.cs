using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw config check FILE</c>: all errors of a gateway's configuration at once.</summary>
static class ConfigCommand
{
    public static Command Build(CliHost host)
    {
        var file = new Argument<string>("FILE") { Description = Messages.ArgumentConfiguration };
        var check = new Command("check", Messages.DescribeConfigCheck) { file };
        check.SetAction(arguments => Check(host, arguments.GetValue(file)!));
        return new Command("config", Messages.DescribeConfig) { check };
    }

    static int Check(CliHost host, string path)
    {
        var result = GatewayConfiguration.Load(path);
        if (result.Succeeded)
        {
            host.Out.WriteLine(Say.Text(Messages.ConfigGood, path));
            return ExitCode.Ok;
        }
        foreach (var error in result.Errors) host.Error.WriteLine(error);
        host.Error.WriteLine(Say.Text(Messages.ConfigWrong, path, result.Errors.Count));
        return ExitCode.Usage;
    }
}
