import batch.*;
import java.io.*;
import java.nio.file.*;
import org.apache.axis.attachments.AttachmentPart;
import org.apache.axis.client.Stub;

/** Fetches what waits in a gateway with Axis 1.4; WSDL2Java makes the package batch from the WSDL document. */
public final class Inbox {
    final BatchTransfer gateway = Client.connect();
    final String command;
    final Path folder;

    Inbox(String command, Path folder) throws Exception {
        this.command = command;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        try {
            new Inbox(args[0], Paths.get(args[1])).receive();
        } catch (BatchFault e) {
            System.out.println("fault=" + e.getCode());
            System.out.println("text=" + e.getText());
            System.exit(3);
        } catch (IOException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    void receive() throws Exception {
        ListInboxResult page = gateway.listInbox(null, null, null, null);
        while (page.getItem() != null && page.getItem().length > 0) {
            for (InboxItem item : page.getItem()) receive(item);
            page = gateway.listInbox(null, page.getCursor(), null, null);
        }
    }

    void receive(InboxItem item) throws Exception {
        Path file = folder.resolve(Paths.get(item.getManifest().getFileName()).getFileName());
        Path part = Paths.get(file + ".part");
        String lease;
        try (OutputStream out = Files.newOutputStream(part)) {
            lease = command.equals("file") ? whole(item, out) : pieces(item, out);
        }
        String sha256 = Client.sha256(part);
        if (!sha256.equals(item.getSha256())) throw new IOException(file + " is not what was announced");

        // Only what is whole gets its name, and only then the gateway is told.
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        ConfirmReceiptResult done = gateway.confirmReceipt(
            item.getDeliveryId(), lease, "stored", item.getSize(), sha256, null, null, null, null, null);
        System.out.println("file=" + file);
        System.out.println("size=" + Files.size(file));
        System.out.println("sha256=" + sha256);
        System.out.println("state=" + done.getState());
    }

    String whole(InboxItem item, OutputStream out) throws Exception {
        FetchFileResult fetched = gateway.fetchFile(item.getDeliveryId(), null);
        copyAttachment(out);
        return fetched.getLease();
    }

    String pieces(InboxItem item, OutputStream out) throws Exception {
        long length = Client.proposedChunkSize() == null ? 1 << 20 : Client.proposedChunkSize();
        boolean data = command.equals("data");
        String lease = null;
        long offset = 0;
        do {
            FetchChunkResult fetched = gateway.fetchChunk(item.getDeliveryId(), lease, offset, length, data);
            if (data) out.write(fetched.getData());
            else copyAttachment(out);
            lease = fetched.getLease();
            offset += fetched.getLength();
        } while (offset < item.getSize());
        return lease;
    }

    /** The answer of a fetch has one attachment. Axis would send it with the next call if it were left in the stub. */
    void copyAttachment(OutputStream out) throws Exception {
        Stub stub = (Stub) gateway;
        AttachmentPart attachment = (AttachmentPart) stub.getAttachments()[0];
        try (InputStream in = attachment.getDataHandler().getInputStream()) {
            in.transferTo(out);
        }
        stub.clearAttachments();
    }
}
