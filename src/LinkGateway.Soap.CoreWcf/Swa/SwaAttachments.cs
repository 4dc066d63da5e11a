using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Attachments whose errors are faults that CoreWCF sends.</summary>
sealed class SwaAttachments(IAttachments attachments) : IAttachments
{
    public ValueTask<Attachment?> FindAsync(string reference, CancellationToken ct) => WrapAsync(attachments.FindAsync(reference, ct));

    public ValueTask<Attachment?> FindPartAsync(string partName, CancellationToken ct) =>
        WrapAsync(attachments.FindPartAsync(partName, ct));

    public ValueTask<Attachment?> ReadNextAsync(CancellationToken ct) => WrapAsync(attachments.ReadNextAsync(ct));

    public async ValueTask FinishAsync(CancellationToken ct)
    {
        try
        {
            await attachments.FinishAsync(ct);
        }
        catch (Exception e) when (SwaFaults.ForOperation(e) is { } fault)
        {
            throw fault;
        }
    }

    static async ValueTask<Attachment?> WrapAsync(ValueTask<Attachment?> reading)
    {
        try
        {
            return await reading is { } attachment ? attachment with { Body = new SwaPipe(attachment.Body) } : null;
        }
        catch (Exception e) when (SwaFaults.ForOperation(e) is { } fault)
        {
            throw fault;
        }
    }
}
