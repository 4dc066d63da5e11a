namespace LinkGateway.Server.TestSeams;

/// <summary>Stands before and behind each step in a file system.</summary>
interface IFileSeam
{
    /// <summary>Before a step: may wait, or fail in its place.</summary>
    ValueTask BeforeAsync(FileStep step, string path);

    /// <summary>After a step that was done.</summary>
    void After(FileStep step);
}
