using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>The service that the gateway calls: the five operations of the batch receiver contract over a <see cref="FileStore"/>.</summary>
sealed class FileService(FileStore store)
{
    public SoapService Create(WsdlPublisher? documents = null) => new(
        "files",
        [
            new Operation<SubmitFileRequest, FileResult>(ReceiverOperations.SubmitFile, SubmitAsync),
            new Operation<OpenTransferRequest, FileResult>(ReceiverOperations.OpenTransfer,
                (request, _, _) => ValueTask.FromResult(store.Open(request))),
            new Operation<PutChunkRequest, PutChunkResult>(ReceiverOperations.PutChunk, PutAsync),
            new Operation<CommitTransferRequest, FileResult>(ReceiverOperations.CommitTransfer,
                (request, _, ct) => store.CommitAsync(request, ct)),
            new Operation<GetTransferStatusRequest, FileResult>(ReceiverOperations.GetTransferStatus,
                (request, _, _) => ValueTask.FromResult(store.Find(request.Transfer))),
        ],
        documents);

    ValueTask<FileResult> SubmitAsync(SubmitFileRequest request, OperationContext context, CancellationToken ct) =>
        store.TakeAsync(request, async () =>
        {
            var file = await context.Attachments.FindAsync(request.File ?? "", ct);
            return file?.Body.AsStream() ?? throw new FileException("attachment", "The file is not attached.", theirFault: true);
        }, () => context.Attachments.FinishAsync(ct), ct);

    ValueTask<PutChunkResult> PutAsync(PutChunkRequest request, OperationContext context, CancellationToken ct) =>
        store.PutAsync(request, async () =>
        {
            if (request.Data is { } data) return new MemoryStream(data);
            var chunk = await context.Attachments.FindAsync(request.File ?? "", ct);
            return chunk?.Body.AsStream() ?? throw new FileException("attachment", "The chunk is not attached.", theirFault: true);
        }, () => context.Attachments.FinishAsync(ct), ct);
}
