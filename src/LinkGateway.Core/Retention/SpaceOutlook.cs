namespace LinkGateway.Core.Retention;

/// <summary>How the room on the disks will be.</summary>
/// <param name="BytesPerHour">Bytes that were taken in per hour, on the average of the last 24 hours that are known.</param>
/// <param name="FullAt">When nothing will be free any more; null when not within 72 hours, or when nothing is known yet.</param>
sealed record SpaceOutlook(long BytesPerHour, DateTimeOffset? FullAt);
