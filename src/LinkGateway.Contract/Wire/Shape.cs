namespace LinkGateway.Contract.Wire;

/// <summary>Both directions of one type of the contract, side by side so that they cannot drift apart.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Write">Writes the fields in schema order.</param>
/// <param name="Read">Takes the fields; missing and bad ones are recorded by the reader, and the value is then thrown away.</param>
sealed record Shape<T>(Action<FieldWriter, T> Write, Func<FieldReader, T> Read);
