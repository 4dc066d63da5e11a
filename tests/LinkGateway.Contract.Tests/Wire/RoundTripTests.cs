using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wire;

public sealed class RoundTripTests
{
    [Fact]
    public void Any_manifest() =>
        ComesBack(samples => samples.Manifest(), ManifestXml.Write, reader => ManifestXml.Read(reader, TimeZoneInfo.Utc));

    [Fact]
    public void Any_SubmitFile() =>
        ComesBack(BatchOperations.SubmitFile, samples => samples.SubmitFile(), samples => samples.AcceptResult());

    [Fact]
    public void Any_OpenTransfer() =>
        ComesBack(BatchOperations.OpenTransfer, samples => samples.OpenTransfer(), samples => samples.OpenTransferResult());

    [Fact]
    public void Any_PutChunk() => ComesBack(BatchOperations.PutChunk, samples => samples.PutChunk(), samples => samples.PutChunkResult());

    [Fact]
    public void Any_CommitTransfer() =>
        ComesBack(BatchOperations.CommitTransfer, samples => samples.CommitTransfer(), samples => samples.AcceptResult());

    [Fact]
    public void Any_GetTransferStatus() =>
        ComesBack(BatchOperations.GetTransferStatus, samples => samples.GetTransferStatus(), samples => samples.TransferStatusResult());

    [Fact]
    public void Any_ListInbox() =>
        ComesBack(BatchOperations.ListInbox, samples => samples.ListInbox(), samples => samples.ListInboxResult());

    [Fact]
    public void Any_FetchFile() =>
        ComesBack(BatchOperations.FetchFile, samples => samples.FetchFile(), samples => samples.FetchResult(mayBeData: false));

    [Fact]
    public void Any_FetchChunk() =>
        ComesBack(BatchOperations.FetchChunk, samples => samples.FetchChunk(), samples => samples.FetchResult(mayBeData: true));

    [Fact]
    public void Any_ConfirmReceipt() =>
        ComesBack(BatchOperations.ConfirmReceipt, samples => samples.ConfirmReceipt(), samples => samples.ConfirmReceiptResult());

    [Fact]
    public void Any_GetReceipts() =>
        ComesBack(BatchOperations.GetReceipts, samples => samples.GetReceipts(), samples => samples.ReceiptsResult());

    [Fact]
    public void Any_GetReceiptsSince() =>
        ComesBack(BatchOperations.GetReceiptsSince, samples => samples.GetReceiptsSince(), samples => samples.ReceiptsResult());

    [Fact]
    public void Any_CancelTransfer() =>
        ComesBack(BatchOperations.CancelTransfer, samples => samples.CancelTransfer(), samples => samples.CancelResult());

    [Fact]
    public void Any_SubmitFile_to_a_receiver() =>
        ComesBack(ReceiverOperations.SubmitFile, samples => samples.SubmitFile(), samples => samples.FileResult());

    [Fact]
    public void Any_OpenTransfer_at_a_receiver() =>
        ComesBack(ReceiverOperations.OpenTransfer, samples => samples.OpenTransfer(), samples => samples.FileResult());

    [Fact]
    public void Any_PutChunk_to_a_receiver() =>
        ComesBack(ReceiverOperations.PutChunk, samples => samples.PutChunk(), samples => samples.PutChunkResult());

    [Fact]
    public void Any_CommitTransfer_at_a_receiver() =>
        ComesBack(ReceiverOperations.CommitTransfer, samples => samples.CommitTransfer(), samples => samples.FileResult());

    [Fact]
    public void Any_GetTransferStatus_of_a_receiver() =>
        ComesBack(ReceiverOperations.GetTransferStatus, samples => samples.GetTransferStatus(), samples => samples.FileResult());

    [Fact]
    public void Any_fault_of_a_receiver() => ComesBack(
        samples => samples.ReceiverFault(), ReceiverFaultXml.Write, ReceiverFaultXml.Read);

    [Fact]
    public void Any_ReceiptIssued() =>
        ComesBack(NotificationOperations.ReceiptIssued, samples => samples.ReceiptIssued(), samples => samples.NotedResult());

    [Fact]
    public void Any_DeliveryFailed() =>
        ComesBack(NotificationOperations.DeliveryFailed, samples => samples.DeliveryFailed(), samples => samples.NotedResult());

    [Fact]
    public void Any_fault_of_an_origin() => ComesBack(
        samples => samples.NotificationFault(), NotificationFaultXml.Write, NotificationFaultXml.Read);

    static void ComesBack<TRequest, TResult>(
        BatchOperation<TRequest, TResult> operation, Func<Samples, TRequest> request, Func<Samples, TResult> result)
        where TRequest : class
        where TResult : class
    {
        ComesBack(request, operation.WriteRequest, reader => operation.ReadRequest(reader, TimeZoneInfo.Utc));
        ComesBack(result, operation.WriteResult, reader => operation.ReadResult(reader, TimeZoneInfo.Utc));
    }

    static void ComesBack<T>(Func<Samples, T> sample, Action<XmlWriter, T> write, Func<XmlReader, Outcome<T>> read) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var value = sample(new Samples(seed));
            var outcome = WireXml.Read(WireXml.Write(writer => write(writer, value)), read);
            Assert.Null(outcome.Refusal);
            Structure.AssertEqual(value, outcome.Value);
        }).QuickCheckThrowOnFailure();
}
