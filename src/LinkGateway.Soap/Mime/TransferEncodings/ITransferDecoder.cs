using System.Buffers;

namespace LinkGateway.Soap.Mime.TransferEncodings;

/// <summary>Takes a Content-Transfer-Encoding off, run by run; what it must hold back between runs is bounded.</summary>
interface ITransferDecoder
{
    /// <summary>Decodes one run of bytes, cut anywhere.</summary>
    /// <returns>False if the bytes are not of the encoding; what stands before the place has been decoded.</returns>
    bool TryDecode(ReadOnlySpan<byte> encoded, IBufferWriter<byte> output);

    /// <summary>Decodes what was held back, at the end of the part.</summary>
    /// <returns>False if the part cannot end here.</returns>
    bool TryFinish(IBufferWriter<byte> output);

    /// <summary>Whether the part ended in a way that is accepted and reported: without the padding of base64.</summary>
    bool EndedUnpadded => false;

    /// <summary>The error for bytes that are not of the encoding.</summary>
    MimeFormatException Failure(MultipartInput input);
}
