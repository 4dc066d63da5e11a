using System.Text.Json;
using LinkGateway.Soap.Mime;
using static LinkGateway.Soap.Tests.Mime.ReaderFixture;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Each limit lets its own value pass, refuses one more, and names the option.</summary>
public sealed class MultipartReaderLimitTests
{
    [Theory]
    [InlineData(3, null)]
    [InlineData(4, MimeError.TooManyParts)]
    public void Parts__37(int parts, MimeError? expected) =>
        AssertLimit(string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", parts)) + "--b--",
            new() { Parts = 3 }, nameof(MultipartOptions.Parts), expected);

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, MimeError.TooManyHeaders)]
    public void Headers__37(int headers, MimeError? expected) =>
        AssertLimit($"--b\r\n{string.Concat(Enumerable.Repeat("A: 1\r\n", headers))}\r\nx\r\n--b--",
            new() { PartHeaders = 3 }, nameof(MultipartOptions.PartHeaders), expected);

    [Theory]
    [InlineData(91, null)]
    [InlineData(92, MimeError.HeadersTooLarge)]
    public void Header_bytes_in_one_line(int length, MimeError? expected) =>
        AssertLimit($"--b\r\nA: 12\r\n{"B:".PadRight(length - 2, 'x')}\r\n\r\nx\r\n--b--",
            new() { PartHeaderBytes = 100 }, nameof(MultipartOptions.PartHeaderBytes), expected);

    [Fact]
    public void Header_bytes_over_many_folds__36() =>
        AssertLimit($"--b\r\nA: 1\r\n{string.Concat(Enumerable.Repeat(" x\r\n", 50))}\r\nx\r\n--b--",
            new() { PartHeaderBytes = 100 }, nameof(MultipartOptions.PartHeaderBytes), MimeError.HeadersTooLarge);

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, MimeError.PreambleTooLong)]
    public void Preamble(int length, MimeError? expected) =>
        AssertLimit("ten bytes\n" + new string('p', length - 11) + "\n--b\r\n\r\nx\r\n--b--",
            new() { PreambleBytes = 100 }, nameof(MultipartOptions.PreambleBytes), expected);

    [Fact]
    public void Preamble_without_line_ends() =>
        AssertLimit(new string('p', 101),
            new() { PreambleBytes = 100 }, nameof(MultipartOptions.PreambleBytes), MimeError.PreambleTooLong);

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, MimeError.EpilogueTooLong)]
    public void Epilogue(int length, MimeError? expected) =>
        AssertLimit("--b\r\n\r\nx\r\n--b--\r\n" + new string('e', length),
            new() { EpilogueBytes = 100 }, nameof(MultipartOptions.EpilogueBytes), expected);

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, MimeError.PaddingTooLong)]
    public void Padding(int length, MimeError? expected)
    {
        var padding = new string(' ', length);
        var options = new MultipartOptions { PaddingBytes = 10 };
        AssertLimit($"--b{padding}\r\n\r\nx\r\n--b--", options, nameof(MultipartOptions.PaddingBytes), expected);
        AssertLimit($"--b\r\n\r\nx\r\n--b{padding}\r\n\r\ny\r\n--b--", options, nameof(MultipartOptions.PaddingBytes), expected);
        AssertLimit($"--b\r\n\r\nx\r\n--b--{padding}", options, nameof(MultipartOptions.PaddingBytes), expected);
    }

    static void AssertLimit(string message, MultipartOptions options, string option, MimeError? expected)
    {
        Assert.Equal(expected, Error(message, options));
        if (expected is null)
            return;
        var reader = Reader(message, options: options);
        var failure = Assert.Throws<MimeFormatException>(() =>
        {
            while (Outcome.Finished(reader.ReadNextPartAsync()) is not null)
            {
            }
        });
        Assert.Contains(JsonNamingPolicy.CamelCase.ConvertName(option), failure.Message, StringComparison.Ordinal);
    }
}
