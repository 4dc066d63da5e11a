namespace LinkGateway.Core.Configuration;

/// <summary>What a folder destination does when the name is taken.</summary>
public enum OnExists
{
    /// <summary>The delivery is held, with the reason, until an operator decides.</summary>
    Refuse,

    /// <summary>A number is put before the extension: name (2).csv.</summary>
    Number,

    /// <summary>The file there is replaced.</summary>
    Replace,
}
