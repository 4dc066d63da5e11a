namespace LinkGateway.Relay.Validation;

/// <summary>
/// One place where a message breaks its contract. Nothing in it is taken from the message but names of elements and attributes.
/// </summary>
/// <param name="Line">The line of the envelope as it came, from 1; 0 where the body is empty.</param>
/// <param name="Position">The position in the line, from 1; 0 where the body is empty.</param>
/// <param name="Path">The path of the element, such as <c>/Body/GetResident/atenaNumber[2]</c>; an index of 1 is left out.</param>
/// <param name="Rule">The rule in a few plain words, such as <c>pattern</c> or <c>missing element</c>; fit for logs.</param>
/// <param name="Text">What is wrong and what is expected, for the sender.</param>
public sealed record ValidationFinding(int Line, int Position, string Path, string Rule, string Text)
{
    /// <summary>Place and text on one line.</summary>
    public override string ToString() => $"line {Line}, position {Position}, {Path}: {Text}";
}
