using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Server.Hosting;

namespace LinkGateway.Server.Operator;

/// <summary>
/// Checks a configuration where it would be used: beyond its text, whether certificates and secrets can be had, the catalogue can be read,
/// and the folders are there, writable and not full. It leaves no trace, and shows nothing of a secret. Thread-safe.
/// </summary>
/// <param name="source">The configuration in force.</param>
/// <param name="configurationPath">The gateway's own file; relative paths are taken from its folder.</param>
/// <param name="dataDirectory">Data directory in place of the configuration's; null keeps that one.</param>
/// <param name="host">Files and environment of the gateway.</param>
/// <param name="time">The clock.</param>
sealed class ConfigurationProbe(
    ConfigurationSource source, string configurationPath, string? dataDirectory, IConfigurationHost host, TimeProvider time)
{
    /// <summary>Finds all that is wrong.</summary>
    /// <param name="text">The content of <c>gateway.json</c>.</param>
    public ConfigurationFindings Check(string text)
    {
        var findings = new FindingList();
        var result = GatewayConfiguration.Parse(text, Path.GetDirectoryName(Path.GetFullPath(configurationPath))!, host);
        foreach (var error in result.Errors) findings.Error(error.Path, error.Problem, error.Remedy);
        if (result.Configuration is { } configuration)
        {
            foreach (var fixedNow in source.NeedsRestart(configuration)) findings.Warning(fixedNow.Path, fixedNow.Problem, fixedNow.Remedy);
            if (SoapCarriers.Missing(configuration.SoapHost) is { } missing) findings.Error(missing.Path, missing.Problem, missing.Remedy);
            new KeyProbe(findings, host, time).Check(configuration);
            CheckCatalogue(configuration, findings);
            new FolderProbe(findings).Check(configuration, dataDirectory);
        }

        return new ConfigurationFindings { Findings = findings.All };
    }

    static void CheckCatalogue(GatewayConfiguration configuration, FindingList findings)
    {
        if (configuration.Catalogue is not { } settings) return;
        try
        {
            var catalogue = InterfaceCatalogue.Load(settings.Folder);
            foreach (var error in catalogue.Errors)
                findings.Warning("$.catalogue.folder", error.ToString().TrimEnd('.'), "The services that need the file are out of use");
            foreach (var (index, item) in configuration.Interfaces.Index())
            {
                if (item.Service is not { } service) continue;
                var files = item.Versions.Count == 0
                    ? [service.Wsdl]
                    : item.Versions.Select(version => version.Wsdl ?? service.Wsdl).Distinct();
                foreach (var file in files.Where(file => catalogue.Find(file, service.Service) is null))
                    findings.Error($"$.interfaces[{index}].service", $"the catalogue has no usable {file} for it",
                        "Put the contract into the catalogue's folder, or mend it");
            }
        }
        catch (Exception error)
        {
            // As at a reload: whatever the schema compiler trips over is an error of the catalogue, not of the check.
            findings.Error("$.catalogue.folder", $"the catalogue cannot be read: {error.Message.TrimEnd('.')}", "Mend the files in it");
        }
    }
}
