using System.Buffers;
using System.Text.Json;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Sets;

/// <summary>
/// The one control file of a published set: UTF-8 JSON, one object with the set's id and <c>files</c>, which holds for each file, in the
/// order of their indexes, the object that the control file of a single file is (<c>docs/set-control-file.schema.json</c>). Its appearance
/// is the sign that all files are whole.
/// </summary>
static class SetControlFile
{
    const int Version = 1;

    /// <summary>The bytes of the control file of a complete set.</summary>
    /// <param name="members">The files, in order.</param>
    /// <param name="names">The name under which each is published.</param>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<SetMember> members, IReadOnlyList<string> names)
    {
        var first = members[0];
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, ControlFile.Options);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("setId", first.Transfer.Manifest.SetId);
        json.WriteString("origin", first.Transfer.Identity.Origin);
        json.WriteString("receiver", first.Delivery.Receiver);
        json.WriteNumber("replay", first.Delivery.Replay);
        json.WriteNumber("count", members.Count);
        json.WriteStartArray("files");
        foreach (var (member, name) in members.Zip(names)) ControlFile.Write(json, member.Transfer, member.Delivery, name);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Deliveries and names of a control file that this gateway wrote, in order.</summary>
    /// <exception cref="Files.StorageException">The file is damaged.</exception>
    public static IReadOnlyList<(string DeliveryId, string Name)> Read(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return
            [
                .. document.RootElement.GetProperty("files").EnumerateArray()
                    .Select(file => (file.GetProperty("deliveryId").GetString()!, file.GetProperty("file").GetString()!)),
            ];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Files.StorageException(
                Files.StorageFailure.Unavailable, $"a set's control file of {content.Length} bytes is damaged", e);
        }
    }
}
