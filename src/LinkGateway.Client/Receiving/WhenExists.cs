namespace LinkGateway.Client.Receiving;

/// <summary>What happens when a file of the same name is there already.</summary>
public enum WhenExists
{
    /// <summary>The file is not received until the name is free.</summary>
    Refuse,

    /// <summary>A number is put before the extension: <c>name (2).csv</c>.</summary>
    Number,

    /// <summary>The file there gives way.</summary>
    Replace,
}
