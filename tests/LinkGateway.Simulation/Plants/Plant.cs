namespace LinkGateway.Simulation.Plants;

/// <summary>A bug that is planted to show that the simulation would find it.</summary>
enum Plant
{
    None,

    /// <summary>Files are not flushed: what was promised may be lost with the power.</summary>
    SkipFsync,

    /// <summary>The journal takes changes that build on old rows: nobody is fenced off.</summary>
    DropFence,

    /// <summary>A commit that was not answered counts as not sent: the file may go to another store as well.</summary>
    ForgetInDoubt,
}
