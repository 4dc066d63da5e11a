namespace LinkGateway.Client.Receiving;

/// <summary>Where the receiving of a file stands, told each time something moves.</summary>
/// <param name="FileName">The file's name as the origin gave it.</param>
/// <param name="Step">The step that was reached.</param>
/// <param name="Size">Size of the file in bytes.</param>
/// <param name="Done">Bytes that are here.</param>
/// <param name="Trouble">Why a call is about to be tried again; null when all goes well.</param>
public readonly record struct ReceiveProgress(string FileName, ReceiveStep Step, long Size, long Done, string? Trouble = null);
