using System.Text;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>A SubmitFile message as SOAP with Attachments, put together by hand: root part, attachment, closing boundary.</summary>
sealed class SubmitMessage
{
    const string Boundary = "=_e2e_4f1c";
    const string Batch = "http://linkgateway.example/batch/2026";

    public const string ContentType = $"multipart/related; type=\"text/xml\"; start=\"<root>\"; boundary=\"{Boundary}\"";

    /// <summary>Everything before the attachment's bytes.</summary>
    public required byte[] Before { get; init; }

    /// <summary>The attachment as it travels.</summary>
    public required byte[] Attachment { get; init; }

    /// <summary>The closing boundary.</summary>
    public byte[] After { get; } = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");

    public long Length => Before.Length + Attachment.Length + After.Length;

    /// <summary>The message that hands in a file.</summary>
    /// <param name="transferId">The transfer.</param>
    /// <param name="content">The file.</param>
    /// <param name="receiver">The receiver.</param>
    /// <param name="base64">Whether the attachment travels as base64, in lines of 76.</param>
    /// <param name="chunkSize">Chunk size in bytes that is proposed.</param>
    public static SubmitMessage For(
        string transferId, byte[] content, string receiver = Configurations.Archive, bool base64 = false, int chunkSize = 1 << 20) => new()
        {
            Before = Encoding.UTF8.GetBytes($"""
            --{Boundary}
            Content-Type: text/xml; charset=utf-8
            Content-ID: <root>

            <?xml version="1.0" encoding="utf-8"?>
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
              <SubmitFile xmlns="{Batch}">
                <manifest>
                  <origin>{Configurations.Origin}</origin>
                  <receiver>{receiver}</receiver>
                  <interfaceId>{Configurations.Interface}</interfaceId>
                  <transferId>{transferId}</transferId>
                  <kind>full</kind>
                  <environment>test</environment>
                  <fileName>{transferId}.csv</fileName>
                  <size>{content.Length}</size>
                </manifest>
                <chunkSize>{chunkSize}</chunkSize>
                <file>cid:attachment</file>
              </SubmitFile>
            </e:Body></e:Envelope>
            --{Boundary}
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: {(base64 ? "base64" : "binary")}
            Content-ID: <attachment>


            """.ReplaceLineEndings("\r\n")),
            Attachment = base64
                ? Encoding.ASCII.GetBytes(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks))
                : content,
        };
}
