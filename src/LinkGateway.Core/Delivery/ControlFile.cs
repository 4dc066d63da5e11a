using System.Buffers;
using System.Text.Json;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// The control file beside a published file: UTF-8 JSON, one object, written by us and read by the receiver's job
/// (<c>docs/control-file.schema.json</c>). Its appearance is the sign that the data file is whole.
/// </summary>
static class ControlFile
{
    const int Version = 1;

    // The file stands alone on a disk: nothing in it needs escaping for HTML, and names stay readable.
    public static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The bytes of the control file of <paramref name="delivery"/> published as <paramref name="name"/>.</summary>
    public static ReadOnlyMemory<byte> Write(TransferRecord transfer, DeliveryRecord delivery, string name)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Options);
        Write(json, transfer, delivery, name);
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The name that a control file states; null where its bytes are none that this gateway wrote.</summary>
    public static string? NameIn(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.GetProperty("file").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Writes the object of one file.</summary>
    public static void Write(Utf8JsonWriter json, TransferRecord transfer, DeliveryRecord delivery, string name)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("file", name);
        json.WriteString("deliveryId", delivery.DeliveryId);
        json.WriteString("origin", transfer.Identity.Origin);
        json.WriteString("transferId", transfer.Identity.TransferId);
        json.WriteString("receiver", delivery.Receiver);
        json.WriteNumber("replay", delivery.Replay);
        json.WriteString("interface", transfer.Manifest.InterfaceId);
        json.WriteString("kind", transfer.Manifest.Kind);
        json.WriteString("environment", transfer.Manifest.Environment);
        json.WriteString("originalFileName", transfer.Manifest.FileName);
        json.WriteString("mediaType", transfer.Manifest.MediaType);
        if (transfer.Manifest.Charset is { } charset) json.WriteString("charset", charset);
        if (transfer.Manifest.BaseDate is { } baseDate)
            json.WriteString("baseDate", baseDate.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("size", transfer.Size!.Value);
        json.WriteString("sha256", transfer.Sha256!.Value.ToString());
        json.WriteNumber("chunkSize", transfer.ChunkSize);
        json.WriteString("root", transfer.Root!.Value.ToString());
        if (transfer.RecordCount is { } count) json.WriteNumber("recordCount", count);
        json.WriteBase64String("acceptedReceiptDocument", transfer.EntryReceipt!.Value.Span);
        json.WriteEndObject();
    }
}
