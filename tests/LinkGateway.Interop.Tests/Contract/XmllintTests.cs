using System.Text;
using System.Xml;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Tests.Receipts;
using LinkGateway.Contract.Tests.Wire;
using LinkGateway.Contract.Wire;
using LinkGateway.Interop.Tests.Tools;

namespace LinkGateway.Interop.Tests.Contract;

/// <summary>The contract as libxml2 sees it.</summary>
public sealed class XmllintTests
{
    const string Tool = "xmllint";
    const string Package = "libxml2-utils";
    static readonly string Wsdl = Path.Combine(AppContext.BaseDirectory, "wsdl");

    [RequiresToolFact(Tool, Package)]
    public void All_documents_are_well_formed() => AssertAccepts(Directory.GetFiles(Wsdl));

    [RequiresToolFact(Tool, Package)]
    public void What_the_codecs_write_is_valid()
    {
        using var folder = new TemporaryFolder();
        var files = Enumerable.Range(0, 10).SelectMany(seed => Messages(new Samples(seed)).Select((write, i) =>
            folder.Write($"{seed}-{i}.xml", Encoding.UTF8.GetBytes(WireXml.Write(write)))));

        AssertAccepts(["--schema", Path.Combine(Wsdl, "batch-types.xsd"), .. files]);
    }

    [RequiresToolFact(Tool, Package)]
    public void A_message_that_the_schema_does_not_know_is_not_valid()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("wrong.xml", Encoding.UTF8.GetBytes(WireXml.Element("GetReceipts", "<transferID>1</transferID>")));

        Assert.NotEqual(0, ExternalTool.Run(Tool, "--noout", "--nonet", "--schema", Path.Combine(Wsdl, "batch-types.xsd"), file).ExitCode);
    }

    [RequiresToolFact(Tool, Package)]
    public void Signed_receipts_are_valid()
    {
        using var folder = new TemporaryFolder();
        using var signer = new ReceiptSigner(TestKeys.P256);

        AssertAccepts("--schema", Path.Combine(Wsdl, "receipt.xsd"),
            folder.Write("accepted.xml", signer.Sign(TestReceipts.Accepted())),
            folder.Write("delivered.xml", signer.Sign(TestReceipts.Delivered())));
    }

    static IEnumerable<Action<XmlWriter>> Messages(Samples samples) =>
    [
        writer => BatchOperations.SubmitFile.WriteRequest(writer, samples.SubmitFile()),
        writer => BatchOperations.SubmitFile.WriteResult(writer, samples.AcceptResult()),
        writer => BatchOperations.OpenTransfer.WriteRequest(writer, samples.OpenTransfer()),
        writer => BatchOperations.OpenTransfer.WriteResult(writer, samples.OpenTransferResult()),
        writer => BatchOperations.PutChunk.WriteRequest(writer, samples.PutChunk()),
        writer => BatchOperations.PutChunk.WriteResult(writer, samples.PutChunkResult()),
        writer => BatchOperations.CommitTransfer.WriteRequest(writer, samples.CommitTransfer()),
        writer => BatchOperations.CommitTransfer.WriteResult(writer, samples.AcceptResult()),
        writer => BatchOperations.GetTransferStatus.WriteRequest(writer, samples.GetTransferStatus()),
        writer => BatchOperations.GetTransferStatus.WriteResult(writer, samples.TransferStatusResult()),
        writer => BatchOperations.GetReceipts.WriteRequest(writer, samples.GetReceipts()),
        writer => BatchOperations.GetReceipts.WriteResult(writer, samples.ReceiptsResult()),
        writer => BatchOperations.GetReceiptsSince.WriteRequest(writer, samples.GetReceiptsSince()),
        writer => BatchOperations.CancelTransfer.WriteRequest(writer, samples.CancelTransfer()),
        writer => BatchOperations.CancelTransfer.WriteResult(writer, samples.CancelResult()),
        writer => BatchFaultXml.Write(writer, new BatchFault("LG-1002", "text", "detail")),
    ];

    static void AssertAccepts(params string[] arguments)
    {
        var (exitCode, output) = ExternalTool.Run(Tool, ["--noout", "--nonet", .. arguments]);
        Assert.True(exitCode == 0, output);
    }
}
