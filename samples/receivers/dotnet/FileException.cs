namespace LinkGateway.Samples.FileReceiver;

/// <summary>Why a call stored nothing; becomes a fault of the contract.</summary>
sealed class FileException(string code, string message, bool theirFault = false) : Exception(message)
{
    /// <summary>"busy", "damaged", or a code of this system.</summary>
    public string Code => code;

    /// <summary>Whether the same call must fail again.</summary>
    public bool TheirFault => theirFault;
}
