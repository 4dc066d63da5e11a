namespace LinkGateway.Core.Pacing;

/// <summary>A delivery's share of a bucket.</summary>
readonly record struct BandwidthShare(BandwidthBucket Bucket, BandwidthLane Lane);
