using System.Text;
using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Running;

/// <summary>An execution in which something did not hold.</summary>
sealed record Failure(ulong Seed, long Execution, WireMessage Message, string Reason)
{
    /// <summary>Writes the message to a file, Content-Type first.</summary>
    /// <returns>The file.</returns>
    public string Dump()
    {
        var file = Path.Combine(Path.GetTempPath(), $"soap-fuzz-{Seed}-{Execution}.http");
        File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes($"Content-Type: {Message.ContentType}\r\n\r\n"), .. Message.Body]);
        return file;
    }

    public override string ToString() =>
        $"""
        Execution {Execution} of seed {Seed} failed; it began with '{Message.Name}'.
        Again: dotnet run -c Release --project tests/LinkGateway.Soap.Fuzz -- --seed {Seed} --execution {Execution}
        {Reason}
        """;
}
