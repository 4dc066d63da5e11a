namespace LinkGateway.Contract.Receipts;

/// <summary>A record that the receiving system did not take over.</summary>
/// <param name="Record">Number of the record, from 1; null when it concerns the whole file.</param>
/// <param name="Code">The receiving system's code; null when it has none.</param>
/// <param name="Text">What is wrong.</param>
public sealed record RowError(long? Record, string? Code, string Text);
