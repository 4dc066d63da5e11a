namespace LinkGateway.Simulation.Nights;

/// <summary>Names that hold on every host.</summary>
static class Places
{
    public const string Spool = "/spool";

    /// <summary>The folder that a receiver watches.</summary>
    public static string FolderOf(string receiver) => $"/out/{receiver}";
}
