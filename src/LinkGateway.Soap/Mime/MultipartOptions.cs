namespace LinkGateway.Soap.Mime;

/// <summary>Limits and buffer sizes of <see cref="MultipartReader"/>. Immutable; one instance may serve all messages.</summary>
public sealed record MultipartOptions
{
    /// <summary>The defaults.</summary>
    public static MultipartOptions Default { get; } = new();

    /// <summary>Parts a message may have. Default 100.</summary>
    public int MaxParts { get; init; } = 100;

    /// <summary>Bytes that one part's headers may take, line ends included. Default 16 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Headers that one part may have. Default 32.</summary>
    public int MaxHeaders { get; init; } = 32;

    /// <summary>Bytes that may stand before the first boundary. Default 16 KiB.</summary>
    public int MaxPreambleBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes that may follow the closing boundary. Default 64 KiB.</summary>
    public int MaxEpilogueBytes { get; init; } = 64 * 1024;

    /// <summary>Blanks and tabs that may follow a boundary on its line. Default 256.</summary>
    public int MaxPaddingBytes { get; init; } = 256;

    /// <summary>Bytes of each buffer that decoded base64 or quoted-printable is written to. Default 64 KiB.</summary>
    public int BufferBytes { get; init; } = 64 * 1024;
}
