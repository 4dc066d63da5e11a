namespace LinkGateway.Core.Configuration;

/// <summary>How files are handed over to a receiving system.</summary>
public enum HandOver
{
    /// <summary>By SubmitFile: the whole file streams in one message; broken off, it is sent from the beginning.</summary>
    Submit,

    /// <summary>By OpenTransfer, PutChunk and CommitTransfer: broken off, only what is missing is sent.</summary>
    Chunks,
}
