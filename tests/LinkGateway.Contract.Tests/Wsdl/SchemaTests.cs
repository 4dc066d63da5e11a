using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Tests.Receipts;
using LinkGateway.Contract.Tests.Wire;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>What the codecs write is what the schemas say.</summary>
public sealed class SchemaTests
{
    static readonly XmlSchemaSet Schemas = ContractFiles.Schemas();

    [Fact]
    public void Any_SubmitFile() => IsValid(BatchOperations.SubmitFile, samples => samples.SubmitFile(), samples => samples.AcceptResult());

    [Fact]
    public void Any_OpenTransfer() =>
        IsValid(BatchOperations.OpenTransfer, samples => samples.OpenTransfer(), samples => samples.OpenTransferResult());

    [Fact]
    public void Any_PutChunk() => IsValid(BatchOperations.PutChunk, samples => samples.PutChunk(), samples => samples.PutChunkResult());

    [Fact]
    public void Any_CommitTransfer() =>
        IsValid(BatchOperations.CommitTransfer, samples => samples.CommitTransfer(), samples => samples.AcceptResult());

    [Fact]
    public void Any_GetTransferStatus() =>
        IsValid(BatchOperations.GetTransferStatus, samples => samples.GetTransferStatus(), samples => samples.TransferStatusResult());

    [Fact]
    public void Any_ListInbox() =>
        IsValid(BatchOperations.ListInbox, samples => samples.ListInbox(), samples => samples.ListInboxResult());

    [Fact]
    public void Any_FetchFile() =>
        IsValid(BatchOperations.FetchFile, samples => samples.FetchFile(), samples => samples.FetchResult(mayBeData: false));

    [Fact]
    public void Any_FetchChunk() =>
        IsValid(BatchOperations.FetchChunk, samples => samples.FetchChunk(), samples => samples.FetchResult(mayBeData: true));

    [Fact]
    public void Any_ConfirmReceipt() =>
        IsValid(BatchOperations.ConfirmReceipt, samples => samples.ConfirmReceipt(), samples => samples.ConfirmReceiptResult());

    [Fact]
    public void Any_GetReceipts() =>
        IsValid(BatchOperations.GetReceipts, samples => samples.GetReceipts(), samples => samples.ReceiptsResult());

    [Fact]
    public void Any_GetReceiptsSince() =>
        IsValid(BatchOperations.GetReceiptsSince, samples => samples.GetReceiptsSince(), samples => samples.ReceiptsResult());

    [Fact]
    public void Any_CancelTransfer() =>
        IsValid(BatchOperations.CancelTransfer, samples => samples.CancelTransfer(), samples => samples.CancelResult());

    [Fact]
    public void Any_SubmitFile_to_a_receiver() =>
        IsValid(ReceiverOperations.SubmitFile, samples => samples.SubmitFile(), samples => samples.FileResult());

    [Fact]
    public void Any_OpenTransfer_at_a_receiver() =>
        IsValid(ReceiverOperations.OpenTransfer, samples => samples.OpenTransfer(), samples => samples.FileResult());

    [Fact]
    public void Any_PutChunk_to_a_receiver() =>
        IsValid(ReceiverOperations.PutChunk, samples => samples.PutChunk(), samples => samples.PutChunkResult());

    [Fact]
    public void Any_CommitTransfer_at_a_receiver() =>
        IsValid(ReceiverOperations.CommitTransfer, samples => samples.CommitTransfer(), samples => samples.FileResult());

    [Fact]
    public void Any_GetTransferStatus_of_a_receiver() =>
        IsValid(ReceiverOperations.GetTransferStatus, samples => samples.GetTransferStatus(), samples => samples.FileResult());

    [Fact]
    public void Any_ReceiptIssued() =>
        IsValid(NotificationOperations.ReceiptIssued, samples => samples.ReceiptIssued(), samples => samples.NotedResult());

    [Fact]
    public void Any_DeliveryFailed() =>
        IsValid(NotificationOperations.DeliveryFailed, samples => samples.DeliveryFailed(), samples => samples.NotedResult());

    [Fact]
    public void Fault_detail_of_a_receiver() => AssertValid(WireXml.Write(writer =>
        ReceiverFaultXml.Write(writer, new ReceiverFault(ReceiverFault.Busy, "満杯です", "disk 2"))));

    [Fact]
    public void Fault_detail_of_an_origin() => AssertValid(WireXml.Write(writer =>
        NotificationFaultXml.Write(writer, new NotificationFault(NotificationNames.Unwanted, "対象外です", "R-1"))));

    [Fact]
    public void Fault_detail() => AssertValid(WireXml.Write(writer =>
        BatchFaultXml.Write(writer, BatchFault.From(new Refusal(ErrorCatalogue.FieldMissing, "size"), japanese: true))));

    [Fact]
    public void Signed_receipts()
    {
        AssertValid(Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.P256, TestReceipts.Accepted())));
        AssertValid(Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.Rsa2048, TestReceipts.Delivered())));
        AssertValid(Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.P256, TestReceipts.Applied())));
    }

    [Fact]
    public void A_message_with_an_element_that_the_schema_does_not_know_is_invalid() =>
        Assert.Throws<XmlSchemaValidationException>(() => AssertValid(WireXml.Element("GetReceipts", "<transferID>1</transferID>")));

    static void IsValid<TRequest, TResult>(
        BatchOperation<TRequest, TResult> operation, Func<Samples, TRequest> request, Func<Samples, TResult> result)
        where TRequest : class
        where TResult : class =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            AssertValid(WireXml.Write(writer => operation.WriteRequest(writer, request(new Samples(seed)))));
            AssertValid(WireXml.Write(writer => operation.WriteResult(writer, result(new Samples(seed)))));
        }).QuickCheckThrowOnFailure();

    static void AssertValid(string xml)
    {
        var document = XDocument.Load(XmlReader.Create(new StringReader(xml)), LoadOptions.PreserveWhitespace);
        document.Validate(Schemas, (_, problem) => throw problem.Exception);
        Assert.NotNull(Schemas.GlobalElements[new XmlQualifiedName(document.Root!.Name.LocalName, document.Root.Name.NamespaceName)]);
    }
}
