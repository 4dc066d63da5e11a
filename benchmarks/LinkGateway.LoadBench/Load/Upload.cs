namespace LinkGateway.LoadBench.Load;

/// <summary>One HTTP request whose body is, in the middle, a range of a file.</summary>
sealed record Upload
{
    public required Uri Address { get; init; }

    public required BodyFile File { get; init; }

    public string Method { get; init; } = "POST";

    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Of the body, before the file.</summary>
    public string Head { get; init; } = "";

    /// <summary>Of the body, behind the file.</summary>
    public string Tail { get; init; } = "";

    /// <summary>Sent in place of the file's own bytes; null: those.</summary>
    public string? ContentPath { get; init; }

    public long Offset { get; init; }

    /// <summary>Bytes of the file; null: to its end.</summary>
    public long? Length { get; init; }

    /// <summary>Chunked transfer encoding in place of Content-Length.</summary>
    public bool Chunked { get; init; }

    /// <summary>The file as the whole body.</summary>
    public static Upload Plain(Uri address, BodyFile file) => new() { Address = address, File = file };

    /// <summary>An envelope with the file as its attachment.</summary>
    public static Upload Attachment(Uri address, string envelope, BodyFile file) => new()
    {
        Address = address,
        File = file,
        ContentType = SwaMessage.ContentType,
        Head = SwaMessage.Head(envelope),
        Tail = SwaMessage.Tail,
    };

    /// <summary>SubmitFile, as a transfer with an id of its own.</summary>
    public static Upload Submit(Uri address, string linkageInterface, BodyFile file) =>
        Attachment(address, Envelopes.Submit(Envelopes.Manifest($"{Guid.NewGuid()}", linkageInterface)), file);
}
