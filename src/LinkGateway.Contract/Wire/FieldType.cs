namespace LinkGateway.Contract.Wire;

/// <summary>How a value stands as text in an element.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Expected">What a fault says was expected: the XSD type or the digits.</param>
/// <param name="Parse">Reads trimmed text, or answers null. Date and times without an offset are taken in the zone given.</param>
/// <param name="Format">Writes the one form that LinkGateway writes.</param>
sealed record FieldType<T>(string Expected, Func<string, TimeZoneInfo, T?> Parse, Func<T, string> Format)
    where T : struct;
