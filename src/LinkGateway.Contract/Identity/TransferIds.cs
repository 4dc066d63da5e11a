using System.Text;

namespace LinkGateway.Contract.Identity;

/// <summary>What may be the id of a transfer (DESIGN section 6, Identity).</summary>
public static class TransferIds
{
    /// <summary>The longest id, in Unicode characters (code points, not UTF-16 units).</summary>
    public const int MaxLength = 255;

    /// <summary>True for 1 to 255 characters without controls and without halves of surrogate pairs.</summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id)) return false;
        var length = 0;
        for (var rest = id.AsSpan(); !rest.IsEmpty; length++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            if (Rune.IsControl(rune)) return false;
            rest = rest[consumed..];
        }

        return length <= MaxLength;
    }
}
