namespace LinkGateway.Server.Jobs;

/// <summary>
/// What a program of an operator gets of the gateway's own environment, which holds secrets of every partner (env: references): what a
/// program needs to run at all.
/// </summary>
static class JobEnvironment
{
    static readonly string[] Inherited =
        ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "COMSPEC"];

    public static bool IsInherited(string name) =>
        Inherited.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name == "LANG" || name.StartsWith("LC_", StringComparison.Ordinal);
}
