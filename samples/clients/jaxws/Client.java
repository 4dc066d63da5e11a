import batch.*;
import java.io.*;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import javax.activation.*;
import javax.mail.util.ByteArrayDataSource;
import javax.xml.ws.*;

/** Hands a file to a gateway with JAX-WS; wsimport makes the package batch from the WSDL document. */
public final class Client {
    final BatchTransfer gateway = connect();
    final Path file;
    final String transferId = setting("LINKGW_TRANSFER", "jaxws-" + UUID.randomUUID());

    Client(Path file) {
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
        } catch (BatchFault_Exception e) {
            System.out.println("fault=" + e.getFaultInfo().getCode());
            System.out.println("text=" + e.getFaultInfo().getText());
            System.exit(3);
        } catch (WebServiceException | IOException e) {
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
        // A wsi:swaRef element is a DataHandler here: JAX-WS attaches the file and writes its cid: into the element.
        DataHandler attachment = new DataHandler(new FileDataSource(file.toFile()));
        print(gateway.submitFile(null, null, null, null, manifest(), null, null, null, attachment));
    }

    void put() throws Exception {
        Manifest manifest = manifest();
        OpenTransferResult opened = gateway.openTransfer(null, null, null, null, manifest, null, proposedChunkSize());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk;
            long offset = 0;
            for (int index = 0; (chunk = in.readNBytes((int) opened.getChunkSize())).length > 0; index++, offset += chunk.length) {
                String sha256 = hex(MessageDigest.getInstance("SHA-256").digest(chunk));
                DataHandler attachment = new DataHandler(new ByteArrayDataSource(chunk, "application/octet-stream"));
                gateway.putChunk(null, transferId, null, null, opened.getAttempt(), index, offset, chunk.length, sha256, attachment, null);
            }
        }

        AcceptResult result;
        while (true) {
            result = gateway.commitTransfer(
                null, transferId, null, null, opened.getAttempt(), manifest.getSize(), manifest.getSha256(), null, null);
            if (!result.getState().equals("Verifying")) break;
            Thread.sleep(result.getRetryAfterSeconds() * 1000L);
        }
        print(result);
    }

    Manifest manifest() throws Exception {
        Manifest manifest = new Manifest();
        manifest.setOrigin(setting("LINKGW_USER", null));
        manifest.getReceiver().add(setting("LINKGW_RECEIVER", null));
        manifest.setInterfaceId(setting("LINKGW_INTERFACE", null));
        manifest.setTransferId(transferId);
        manifest.setKind("full");
        manifest.setEnvironment(setting("LINKGW_ENVIRONMENT", "production"));
        manifest.setFileName(file.getFileName().toString());
        manifest.setSize(Files.size(file));
        manifest.setSha256(sha256(file));
        return manifest;
    }

    static BatchTransfer connect() {
        BatchTransfer port = new BatchTransferService().getBatchTransferPort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, setting("LINKGW_URL", null));
        context.put(BindingProvider.USERNAME_PROPERTY, setting("LINKGW_USER", null));
        context.put(BindingProvider.PASSWORD_PROPERTY, setting("LINKGW_PASSWORD", null));

        // Without this the whole message is gathered in memory, for its Content-Length.
        if (setting("LINKGW_CHUNKED", "").equals("1"))
            context.put("com.sun.xml.ws.transport.http.client.streaming.chunk.size", 1 << 16);
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
