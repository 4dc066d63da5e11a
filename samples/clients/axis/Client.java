import batch.*;
import java.io.*;
import java.net.URL;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import javax.activation.*;
import javax.mail.util.ByteArrayDataSource;
import org.apache.axis.MessageContext;
import org.apache.axis.attachments.AttachmentPart;
import org.apache.axis.client.Stub;
import org.apache.axis.transport.http.HTTPConstants;
import org.apache.axis.types.URI;

/** Hands a file to a gateway with Axis 1.4; WSDL2Java makes the package batch from the WSDL document. */
public final class Client {
    final BatchTransfer gateway = connect();
    final Path file;
    final String transferId = setting("LINKGW_TRANSFER", "axis-" + UUID.randomUUID());

    Client(Path file) throws Exception {
        this.file = file;
    }

    public static void main(String[] args) throws Exception {
        try {
            Client client = new Client(Paths.get(args[1]));
            switch (args[0]) {
                case "open": client.open(); break;
                case "submit": client.submit(); break;
                case "put": client.put(); break;
                default: throw new IllegalArgumentException("open, submit or put FILE");
            }
        } catch (BatchFault e) {
            System.out.println("fault=" + e.getCode());
            System.out.println("text=" + e.getText());
            System.exit(3);
        } catch (IOException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    void open() throws Exception {
        OpenTransferResult opened = gateway.openTransfer(null, null, null, null, manifest(), null, proposedChunkSize());
        TransferStatusResult status = gateway.getTransferStatus(null, transferId, null, null, null);
        System.out.println("transferId=" + transferId);
        System.out.println("state=" + status.getState());
        System.out.println("chunkSize=" + opened.getChunkSize());
    }

    void submit() throws Exception {
        URI reference = attach(new FileDataSource(file.toFile()));
        print(gateway.submitFile(null, null, null, null, manifest(), null, null, null, reference));
    }

    void put() throws Exception {
        Manifest manifest = manifest();
        OpenTransferResult opened = gateway.openTransfer(null, null, null, null, manifest, null, proposedChunkSize());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk;
            long offset = 0;
            for (int index = 0; (chunk = in.readNBytes((int) opened.getChunkSize())).length > 0; index++, offset += chunk.length) {
                String sha256 = hex(MessageDigest.getInstance("SHA-256").digest(chunk));
                URI reference = attach(new ByteArrayDataSource(chunk, "application/octet-stream"));
                gateway.putChunk(null, transferId, null, null, opened.getAttempt(), index, offset, chunk.length, sha256, reference, null);
            }
        }

        ((Stub) gateway).clearAttachments();
        AcceptResult result;
        while (true) {
            result = gateway.commitTransfer(
                null, transferId, null, null, opened.getAttempt(), manifest.getSize(), manifest.getSha256(), null, null);
            if (!result.getState().equals("Verifying")) break;
            Thread.sleep(result.getRetryAfterSeconds() * 1000L);
        }
        print(result);
    }

    /** Axis knows a wsi:swaRef element as an URI: the bytes are attached to the next call, and the element names them. */
    URI attach(DataSource bytes) throws Exception {
        AttachmentPart part = new AttachmentPart(new DataHandler(bytes));
        part.setContentId(UUID.randomUUID() + "@client");
        Stub stub = (Stub) gateway;
        stub.clearAttachments();
        stub.addAttachment(part);
        return new URI("cid:" + part.getContentId());
    }

    Manifest manifest() throws Exception {
        Manifest manifest = new Manifest();
        manifest.setOrigin(setting("LINKGW_USER", null));
        manifest.setReceiver(new String[] { setting("LINKGW_RECEIVER", null) });
        manifest.setInterfaceId(setting("LINKGW_INTERFACE", null));
        manifest.setTransferId(transferId);
        manifest.setKind("full");
        manifest.setEnvironment(setting("LINKGW_ENVIRONMENT", "production"));
        manifest.setFileName(file.getFileName().toString());
        manifest.setSize(Files.size(file));
        manifest.setSha256(sha256(file));
        return manifest;
    }

    static BatchTransfer connect() throws Exception {
        BatchTransfer port = new BatchTransferServiceLocator().getBatchTransferPort(new URL(setting("LINKGW_URL", null)));
        Stub stub = (Stub) port;
        stub.setUsername(setting("LINKGW_USER", null));
        stub.setPassword(setting("LINKGW_PASSWORD", null));

        // With Content-Length, which LINKGW_CHUNKED=0 asks for, newer versions of JavaMail make Axis count too few bytes.
        if (!setting("LINKGW_CHUNKED", "1").equals("0")) {
            stub._setProperty(MessageContext.HTTP_TRANSPORT_VERSION, HTTPConstants.HEADER_PROTOCOL_V11);
            Hashtable<String, String> headers = new Hashtable<>();
            headers.put(HTTPConstants.HEADER_TRANSFER_ENCODING, HTTPConstants.HEADER_TRANSFER_ENCODING_CHUNKED);
            stub._setProperty(HTTPConstants.REQUEST_HEADERS, headers);
        }
        return port;
    }

    void print(AcceptResult result) throws IOException {
        if (result.getReceipt() == null) throw new IOException("The gateway answered " + result.getState() + " and gave no receipt.");
        System.out.println("transferId=" + transferId);
        System.out.println("receipt=" + result.getReceipt().getKind());
        System.out.println("size=" + result.getReceipt().getSize());
        System.out.println("sha256=" + result.getReceipt().getSha256());
    }

    static Long proposedChunkSize() {
        String proposed = setting("LINKGW_CHUNK", "");
        return proposed.isEmpty() ? null : Long.valueOf(proposed);
    }

    static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int n; (n = in.read(buffer)) > 0; ) digest.update(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) text.append(String.format("%02x", b));
        return text.toString();
    }

    static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        if (value == null && otherwise == null) throw new IllegalArgumentException("set " + name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
