namespace LinkGateway.Core.Payloads;

/// <summary>A pooled block of payload bytes on its way through the stages; never straddles two chunks.</summary>
sealed class IntakeBlock(byte[] bytes, IntakeChunk chunk)
{
    int _users;

    public byte[] Bytes { get; } = bytes;

    public IntakeChunk Chunk { get; } = chunk;

    public int Length { get; set; }

    /// <summary>True in the last block of its chunk.</summary>
    public bool EndsChunk { get; set; }

    public ReadOnlyMemory<byte> Memory => Bytes.AsMemory(0, Length);

    public void SetUsers(int count) => _users = count;

    /// <summary>True for the last of the stages that share the block.</summary>
    public bool Release() => Interlocked.Decrement(ref _users) == 0;
}
