namespace LinkGateway.Relay.Catalogue;

/// <summary>
/// One thing that is wrong in the folder of interfaces. The file stays out of service until it is put right; others do not.
/// </summary>
/// <param name="File">The file, relative to the folder, with <c>/</c> between names; empty where the folder itself is meant.</param>
/// <param name="Line">The line, from 1; 0 where the error has no place in the text.</param>
/// <param name="Position">The position in the line, from 1; 0 where the error has no place in the text.</param>
/// <param name="Text">What is wrong, where, and what to do.</param>
public sealed record CatalogueError(string File, int Line, int Position, string Text)
{
    /// <summary>Place and text on one line.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Text}" : $"{File}({Line},{Position}): {Text}";
}
