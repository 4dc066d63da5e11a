using System.CommandLine;
using System.Text.Json;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Archives;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw archive find</c>: what a gateway's journal has forgotten, read from its archive files, offline.</summary>
static class ArchiveCommand
{
    public static Command Build(CliHost host) => new("archive", Messages.DescribeArchive) { Find(host) };

    static Command Find(CliHost host)
    {
        var paths = new Argument<string[]>("PATH") { Description = Messages.ArgumentArchive, Arity = ArgumentArity.OneOrMore };
        var origin = new Option<string?>("--of") { Description = Messages.OptionOf, HelpName = "ID" };
        var transfer = new Option<string?>("--transfer") { Description = Messages.ArgumentId, HelpName = "ID" };
        var receipts = new Option<string?>("--out") { Description = Messages.OptionOut, HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = Messages.OptionArchiveJson };
        var command = new Command("find", Messages.DescribeArchiveFind) { paths, origin, transfer, receipts, json };
        command.SetAction(arguments =>
        {
            var found = 0;
            foreach (var file in arguments.GetValue(paths)!.SelectMany(FilesOf))
            {
                foreach (var one in Read(file).Where(one =>
                    (arguments.GetValue(origin) is not { } of || of == one.Origin)
                    && (arguments.GetValue(transfer) is not { } id || id == one.TransferId)))
                {
                    found++;
                    if (arguments.GetValue(json)) host.Out.WriteLine(JsonSerializer.Serialize(one, ArchiveJson.Default.ArchivedTransfer));
                    else Write(host, file, one);
                    if (arguments.GetValue(receipts) is { } folder) ReceiptFiles.Write(folder, one);
                }
            }

            if (found > 0) return ExitCode.Ok;
            host.Error.WriteLine(Messages.ArchiveNothing);
            return ExitCode.Refused;
        });
        return command;
    }

    static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*" + ArchiveReader.Extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    static IEnumerable<ArchivedTransfer> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var transfers = ArchiveReader.Read(file).GetEnumerator();
        while (true)
        {
            try
            {
                if (!transfers.MoveNext()) yield break;
            }
            catch (InvalidDataException e)
            {
                throw new UsageException(Say.Text(Messages.FileTrouble, $"{path}: {e.Message}"));
            }

            yield return transfers.Current;
        }
    }

    static void Write(CliHost host, string file, ArchivedTransfer one)
    {
        host.Out.WriteLine(Say.Text(Messages.OperatorTransfer,
            one.TransferId, one.State, one.Origin, one.Manifest.InterfaceId, one.Manifest.FileName,
            one.Size is { } size ? Quantities.Size(size) : "?", one.Sha256 ?? "-"));
        host.Out.WriteLine($"  {file}");
        foreach (var delivery in one.Deliveries)
            host.Out.WriteLine(Say.Text(
                Messages.OperatorDelivery, delivery.DeliveryId, delivery.State, OperatorText.At(delivery.UpdatedAt)));
        foreach (var receipt in one.Receipts)
            host.Out.WriteLine(Say.Text(Messages.OperatorReceipt, receipt.Kind, receipt.Issuer, receipt.ReceiptId));
        foreach (var entry in one.Events)
            host.Out.WriteLine($"  {OperatorText.At(entry.At)}  {entry.From} > {entry.To}  {entry.Detail}");
        foreach (var order in one.Orders)
            host.Out.WriteLine($"  {OperatorText.At(order.At)}  {order.Operator}  {order.Order}: {order.Reason}");
    }
}
