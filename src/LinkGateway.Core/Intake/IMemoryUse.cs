namespace LinkGateway.Core.Intake;

/// <summary>How much memory the process uses. Cheap enough to be asked at each attachment. Thread-safe.</summary>
public interface IMemoryUse
{
    /// <summary>Bytes in use.</summary>
    long BytesInUse();
}
