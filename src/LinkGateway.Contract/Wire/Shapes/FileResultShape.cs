using LinkGateway.Contract.Receiving;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>Type <c>FileResult</c> of the batch receiver contract.</summary>
static class FileResultShape
{
    public static readonly Shape<FileResult> Result = new(
        (f, result) =>
        {
            f.Text("outcome", result.Outcome);
            f.Prose("code", result.Code);
            f.Prose("text", result.Text);
            f.Value("size", result.Size, FieldTypes.Long);
            f.Value("sha256", result.Sha256, FieldTypes.Digest);
            f.Text("receiverReference", result.ReceiverReference);
            f.Value("retryAfterSeconds", result.RetryAfterSeconds, FieldTypes.Int);
            f.Value("attempt", result.Attempt, FieldTypes.Int);
            f.Groups("held", result.Held, CommonShapes.Range);
            f.Value("heldFrom", result.HeldFrom, FieldTypes.Long);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new FileResult
        {
            Outcome = f.Text("outcome"),
            Code = f.TextOrNull("code"),
            Text = f.TextOrNull("text"),
            Size = f.ValueOrNull("size", FieldTypes.Long),
            Sha256 = f.ValueOrNull("sha256", FieldTypes.Digest),
            ReceiverReference = f.TextOrNull("receiverReference"),
            RetryAfterSeconds = f.ValueOrNull("retryAfterSeconds", FieldTypes.Int),
            Attempt = f.ValueOrNull("attempt", FieldTypes.Int),
            Held = f.Groups("held", CommonShapes.Range),
            HeldFrom = f.ValueOrNull("heldFrom", FieldTypes.Long),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}
