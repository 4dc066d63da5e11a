import java.io.*;
import java.nio.file.*;
import java.util.*;
import javax.xml.soap.*;

/** Fetches what waits in a gateway with SAAJ: no generated code, the messages are built by hand as the WSDL document describes them. */
public final class Inbox {
    final String command;
    final Path folder;

    Inbox(String command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        try {
            new Inbox(args[0], Paths.get(args[1])).receive();
        } catch (Client.GatewayFault e) {
            System.out.println("fault=" + e.code);
            System.out.println("text=" + e.getMessage());
            System.exit(3);
        } catch (SOAPException | IOException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    void receive() throws Exception {
        SOAPElement page = new Client.Request("ListInbox").send();
        while (Client.child(page, "item") != null) {
            var items = page.getElementsByTagNameNS(Client.CONTRACT, "item");
            for (int i = 0; i < items.getLength(); i++) receive((SOAPElement) items.item(i));
            Client.Request next = new Client.Request("ListInbox");
            next.add("cursor", Client.text(page, "cursor"));
            page = next.send();
        }
    }

    void receive(SOAPElement item) throws Exception {
        String deliveryId = Client.text(item, "deliveryId");
        Path file = folder.resolve(Paths.get(Client.text(item, "fileName")).getFileName());
        Path part = Paths.get(file + ".part");
        String lease;
        try (OutputStream out = Files.newOutputStream(part)) {
            lease = command.equals("file") ? whole(deliveryId, out) : pieces(deliveryId, size(item), out);
        }
        String sha256 = Client.sha256(part);
        if (!sha256.equals(own(item, "sha256"))) throw new IOException(file + " is not what was announced");

        // Only what is whole gets its name, and only then the gateway is told.
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Client.Request confirm = new Client.Request("ConfirmReceipt");
        confirm.add("deliveryId", deliveryId);
        confirm.add("lease", lease);
        confirm.add("stage", "stored");
        confirm.add("size", Files.size(file));
        confirm.add("sha256", sha256);
        SOAPElement done = confirm.send();
        System.out.println("file=" + file);
        System.out.println("size=" + Files.size(file));
        System.out.println("sha256=" + sha256);
        System.out.println("state=" + Client.text(done, "state"));
    }

    String whole(String deliveryId, OutputStream out) throws Exception {
        Client.Request request = new Client.Request("FetchFile");
        request.add("deliveryId", deliveryId);
        SOAPElement fetched = request.send();
        copyAttachment(request.answer, out);
        return Client.text(fetched, "lease");
    }

    String pieces(String deliveryId, long size, OutputStream out) throws Exception {
        String length = Client.setting("LINKGW_CHUNK", Integer.toString(1 << 20));
        boolean data = command.equals("data");
        String lease = null;
        long offset = 0;
        do {
            Client.Request request = new Client.Request("FetchChunk");
            request.add("deliveryId", deliveryId);
            if (lease != null) request.add("lease", lease);
            request.add("offset", offset);
            request.add("length", length);
            request.add("wantData", data);
            SOAPElement fetched = request.send();
            if (data) out.write(Base64.getMimeDecoder().decode(Client.text(fetched, "data")));
            else copyAttachment(request.answer, out);
            lease = Client.text(fetched, "lease");
            offset += Long.parseLong(Client.text(fetched, "length"));
        } while (offset < size);
        return lease;
    }

    /** The answer of a fetch has one attachment. */
    static void copyAttachment(SOAPMessage answer, OutputStream out) throws Exception {
        AttachmentPart attachment = (AttachmentPart) answer.getAttachments().next();
        try (InputStream in = attachment.getRawContent()) {
            in.transferTo(out);
        }
    }

    static long size(SOAPElement item) {
        return Long.parseLong(own(item, "size"));
    }

    /** The manifest of an item may have fields of the same name. */
    static String own(SOAPElement item, String name) {
        for (Iterator<?> i = item.getChildElements(); i.hasNext(); ) {
            if (i.next() instanceof SOAPElement field && field.getLocalName().equals(name)) return field.getTextContent();
        }
        throw new IllegalArgumentException(name);
    }
}
