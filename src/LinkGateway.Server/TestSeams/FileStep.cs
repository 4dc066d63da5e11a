namespace LinkGateway.Server.TestSeams;

/// <summary>What is about to be done in a file system.</summary>
enum FileStep
{
    Create,
    Open,
    Look,
    Read,
    Write,
    Flush,
    Rename,
    Delete,
    CreateDirectory,
    FlushDirectory,
}
