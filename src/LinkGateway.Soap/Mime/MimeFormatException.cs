namespace LinkGateway.Soap.Mime;

/// <summary>A multipart message breaks the format or a limit: the sender's fault. The text says what, where and what to do.</summary>
public sealed class MimeFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="partNumber">The part, counted from 1; 0 outside of parts.</param>
    /// <param name="byteOffset">Bytes from the start of the multipart body to the place.</param>
    /// <param name="reason">What is wrong and what to do, one sentence each.</param>
    public MimeFormatException(MimeError error, int partNumber, long byteOffset, string reason)
        : base(partNumber == 0 ? $"Multipart body, byte {byteOffset}: {reason}" : $"Part {partNumber}, byte {byteOffset}: {reason}")
    {
        Error = error;
        PartNumber = partNumber;
        ByteOffset = byteOffset;
    }

    /// <summary>What is wrong.</summary>
    public MimeError Error { get; }

    /// <summary>The part it is wrong in, counted from 1; 0 before the first part, in the epilogue and in Content-Type.</summary>
    public int PartNumber { get; }

    /// <summary>Bytes from the start of the multipart body to the place, or to the line or run of bytes that holds it.</summary>
    public long ByteOffset { get; }
}
