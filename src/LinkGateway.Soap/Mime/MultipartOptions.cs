namespace LinkGateway.Soap.Mime;

/// <summary>
/// Limits and buffer sizes of <see cref="MultipartReader"/>. Every refusal names the limit by its option name in lower camel case.
/// Immutable; one instance may serve all messages.
/// </summary>
public sealed record MultipartOptions
{
    /// <summary>The defaults.</summary>
    public static MultipartOptions Default { get; } = new();

    /// <summary>Parts a message may have. Default 100.</summary>
    public int Parts { get; init; } = 100;

    /// <summary>Bytes that one part's headers may take, line ends included. Default 16 KiB.</summary>
    public int PartHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Headers that one part may have. Default 32.</summary>
    public int PartHeaders { get; init; } = 32;

    /// <summary>Bytes that may stand before the first boundary. Default 16 KiB.</summary>
    public int PreambleBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes that may follow the closing boundary. Default 64 KiB.</summary>
    public int EpilogueBytes { get; init; } = 64 * 1024;

    /// <summary>Blanks and tabs that may follow a boundary on its line. Default 256.</summary>
    public int PaddingBytes { get; init; } = 256;

    /// <summary>Bytes of each buffer that decoded base64 or quoted-printable is written to. Default 64 KiB.</summary>
    public int BufferBytes { get; init; } = 64 * 1024;
}
