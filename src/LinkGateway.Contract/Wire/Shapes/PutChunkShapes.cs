using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>PutChunk: the bytes as an attachment (<c>file</c>) or in the message (<c>data</c>), exactly one of the two.</summary>
static class PutChunkShapes
{
    public static readonly Shape<PutChunkRequest> Request = new(Write, Read);

    public static readonly Shape<PutChunkResult> Result = new(
        (f, result) =>
        {
            f.Value<int>("index", result.Index, FieldTypes.Int);
            f.Value<bool>("alreadyHeld", result.AlreadyHeld, FieldTypes.Boolean);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new PutChunkResult
        {
            Index = f.Value("index", FieldTypes.Int),
            AlreadyHeld = f.Value("alreadyHeld", FieldTypes.Boolean),
            Properties = f.Groups("property", CommonShapes.Property),
        });

    static void Write(FieldWriter f, PutChunkRequest request)
    {
        CommonShapes.WriteReference(f, request.Transfer);
        f.Value<int>("attempt", request.Attempt, FieldTypes.Int);
        f.Value<int>("index", request.Index, FieldTypes.Int);
        f.Value<long>("offset", request.Offset, FieldTypes.Long);
        f.Value<long>("length", request.Length, FieldTypes.Long);
        f.Value<Sha256Digest>("sha256", request.Sha256, FieldTypes.Digest);
        f.Text("file", request.File);
        f.Binary("data", request.Data);
    }

    static PutChunkRequest Read(FieldReader f)
    {
        var (data, included) = f.BinaryOrReference("data");
        var file = f.ReferenceOrNull("file");
        // The schema cannot say "one of the two": a choice stops several toolkits. None of the two is for whoever looks for the attachment.
        if (file is not null && (data ?? (object?)included) is not null)
            f.Refuse(new Refusal(ErrorCatalogue.OneOfFileAndData, "2"));
        return new PutChunkRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Attempt = f.Value("attempt", FieldTypes.Int),
            Index = f.Value("index", FieldTypes.Int),
            Offset = f.Value("offset", FieldTypes.Long),
            Length = f.Value("length", FieldTypes.Long),
            Sha256 = f.Value("sha256", FieldTypes.Digest),
            File = file ?? included,
            Data = data,
        };
    }
}
