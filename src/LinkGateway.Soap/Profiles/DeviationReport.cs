namespace LinkGateway.Soap.Profiles;

/// <summary>The first occurrence of a deviation in a message.</summary>
/// <param name="Deviation">Which one.</param>
/// <param name="PartNumber">The part it occurred in, counted from 1; 0 outside of parts.</param>
/// <param name="ByteOffset">Bytes from the start of a multipart body to the place; 0 where it is not in the framing.</param>
/// <param name="Refused">Whether the profile refused the message for it.</param>
public readonly record struct DeviationReport(Deviation Deviation, int PartNumber, long ByteOffset, bool Refused = false);
