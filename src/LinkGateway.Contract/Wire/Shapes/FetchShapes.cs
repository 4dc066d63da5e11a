using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>FetchFile and FetchChunk: the bytes as an attachment (<c>file</c>), in FetchChunk also in the message (<c>data</c>).</summary>
static class FetchShapes
{
    public static readonly Shape<FetchFileRequest> FileRequest = new(
        (f, request) =>
        {
            f.Text("deliveryId", request.DeliveryId);
            f.Text("lease", request.Lease);
        },
        f => new FetchFileRequest { DeliveryId = f.Text("deliveryId"), Lease = f.TokenOrNull("lease") });

    public static readonly Shape<FetchChunkRequest> ChunkRequest = new(
        (f, request) =>
        {
            f.Text("deliveryId", request.DeliveryId);
            f.Text("lease", request.Lease);
            f.Value<long>("offset", request.Offset, FieldTypes.Long);
            f.Value<long>("length", request.Length, FieldTypes.Long);
            f.Value<bool>("wantData", request.WantData ? true : null, FieldTypes.Boolean);
        },
        f => new FetchChunkRequest
        {
            DeliveryId = f.Text("deliveryId"),
            Lease = f.TokenOrNull("lease"),
            Offset = f.Value("offset", FieldTypes.Long),
            Length = f.Value("length", FieldTypes.Long),
            WantData = f.ValueOrNull("wantData", FieldTypes.Boolean) ?? false,
        });

    public static readonly Shape<FetchResult> FileResult = new(Write, f => Read(f, f.Text("file"), null));

    public static readonly Shape<FetchResult> ChunkResult = new(Write, ReadChunk);

    static void Write(FieldWriter f, FetchResult result)
    {
        f.Text("lease", result.Lease);
        f.Value<DateTimeOffset>("leaseUntil", result.LeaseUntil, FieldTypes.Instant);
        f.Value<long>("offset", result.Offset, FieldTypes.Long);
        f.Value<long>("length", result.Length, FieldTypes.Long);
        f.Value<Sha256Digest>("sha256", result.Sha256, FieldTypes.Digest);
        f.Text("file", result.File);
        f.Binary("data", result.Data);
        f.Groups("property", result.Properties, CommonShapes.Property);
    }

    static FetchResult ReadChunk(FieldReader f)
    {
        var (file, data) = (f.ReferenceOrNull("file"), f.BinaryOrNull("data"));
        if (file is null == data is null) f.Refuse(new Refusal(ErrorCatalogue.OneOfFileAndData, file is null ? "0" : "2"));
        return Read(f, file, data);
    }

    static FetchResult Read(FieldReader f, string? file, byte[]? data) => new()
    {
        Lease = f.Text("lease"),
        LeaseUntil = f.Value("leaseUntil", FieldTypes.Instant),
        Offset = f.Value("offset", FieldTypes.Long),
        Length = f.Value("length", FieldTypes.Long),
        Sha256 = f.Value("sha256", FieldTypes.Digest),
        File = file,
        Data = data,
        Properties = f.Groups("property", CommonShapes.Property),
    };
}
