import java.io.*;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import javax.activation.*;
import javax.mail.util.ByteArrayDataSource;
import javax.xml.soap.*;

/** Hands a file to a gateway with SAAJ: no generated code, the messages are built by hand as the WSDL document describes them. */
public final class Client {
    static final String CONTRACT = "http://linkgateway.example/batch/2026/draft";

    final Path file;
    final String transferId = setting("LINKGW_TRANSFER", "saaj-" + UUID.randomUUID());

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
        } catch (GatewayFault e) {
            System.out.println("fault=" + e.code);
            System.out.println("text=" + e.getMessage());
            System.exit(3);
        } catch (SOAPException | IOException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    void open() throws Exception {
        SOAPElement opened = openTransfer(Files.size(file), sha256(file));
        Request status = new Request("GetTransferStatus");
        status.add("transferId", transferId);
        System.out.println("transferId=" + transferId);
        System.out.println("state=" + text(status.send(), "state"));
        System.out.println("chunkSize=" + text(opened, "chunkSize"));
    }

    void submit() throws Exception {
        Request request = new Request("SubmitFile");
        addManifest(request, Files.size(file), sha256(file));
        request.attach("file", new FileDataSource(file.toFile()));
        print(request.send());
    }

    void put() throws Exception {
        long size = Files.size(file);
        String digest = sha256(file);
        SOAPElement opened = openTransfer(size, digest);
        String attempt = text(opened, "attempt");
        int chunkSize = Integer.parseInt(text(opened, "chunkSize"));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk;
            long offset = 0;
            for (int index = 0; (chunk = in.readNBytes(chunkSize)).length > 0; index++, offset += chunk.length) {
                Request request = new Request("PutChunk");
                request.add("transferId", transferId);
                request.add("attempt", attempt);
                request.add("index", index);
                request.add("offset", offset);
                request.add("length", chunk.length);
                request.add("sha256", hex(MessageDigest.getInstance("SHA-256").digest(chunk)));
                request.attach("file", new ByteArrayDataSource(chunk, "application/octet-stream"));
                request.send();
            }
        }

        SOAPElement result;
        while (true) {
            Request request = new Request("CommitTransfer");
            request.add("transferId", transferId);
            request.add("attempt", attempt);
            request.add("size", size);
            request.add("sha256", digest);
            result = request.send();
            if (!text(result, "state").equals("Verifying")) break;
            Thread.sleep(Long.parseLong(text(result, "retryAfterSeconds")) * 1000);
        }
        print(result);
    }

    SOAPElement openTransfer(long size, String sha256) throws Exception {
        Request request = new Request("OpenTransfer");
        addManifest(request, size, sha256);
        String proposed = setting("LINKGW_CHUNK", "");
        if (!proposed.isEmpty()) request.add("chunkSize", proposed);
        return request.send();
    }

    /** The order is that of the schema; what is optional there may be left out. */
    void addManifest(Request request, long size, String sha256) throws Exception {
        SOAPElement manifest = request.wrapper.addChildElement("manifest");
        manifest.addChildElement("origin").addTextNode(setting("LINKGW_USER", null));
        manifest.addChildElement("receiver").addTextNode(setting("LINKGW_RECEIVER", null));
        manifest.addChildElement("interfaceId").addTextNode(setting("LINKGW_INTERFACE", null));
        manifest.addChildElement("transferId").addTextNode(transferId);
        manifest.addChildElement("kind").addTextNode("full");
        manifest.addChildElement("environment").addTextNode(setting("LINKGW_ENVIRONMENT", "production"));
        manifest.addChildElement("fileName").addTextNode(file.getFileName().toString());
        manifest.addChildElement("size").addTextNode(Long.toString(size));
        manifest.addChildElement("sha256").addTextNode(sha256);
    }

    /** One message: the wrapper element of an operation, with its attachment if it has one. */
    static final class Request {
        final SOAPMessage message;
        final SOAPElement wrapper;
        SOAPMessage answer;

        Request(String operation) throws SOAPException {
            message = MessageFactory.newInstance().createMessage();
            wrapper = message.getSOAPBody().addChildElement(operation, "", CONTRACT);
            MimeHeaders headers = message.getMimeHeaders();
            headers.setHeader("SOAPAction", "\"" + CONTRACT + "/" + operation + "\"");
            String credentials = setting("LINKGW_USER", null) + ":" + setting("LINKGW_PASSWORD", null);
            headers.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }

        void add(String name, Object value) throws SOAPException {
            wrapper.addChildElement(name).addTextNode(value.toString());
        }

        /** A wsi:swaRef element: its text is cid: and the Content-ID of the attachment. */
        void attach(String name, DataSource bytes) throws SOAPException {
            AttachmentPart part = message.createAttachmentPart(new DataHandler(bytes));
            String id = UUID.randomUUID() + "@client";
            part.setContentId("<" + id + ">");
            message.addAttachmentPart(part);
            add(name, "cid:" + id);
        }

        /** Answers the element result of the response. */
        SOAPElement send() throws Exception {
            boolean chunked = setting("LINKGW_CHUNKED", "0").equals("1");
            answer = chunked ? sendAsWritten() : sendFromMemory();
            SOAPBody body = answer.getSOAPBody();
            if (body.hasFault()) throw new GatewayFault(body.getFault());
            return child((SOAPElement) body.getFirstChild(), "result");
        }

        /** SAAJ's own connection gathers the message in memory, for its Content-Length. */
        SOAPMessage sendFromMemory() throws Exception {
            SOAPConnection connection = SOAPConnectionFactory.newInstance().createConnection();
            try {
                return connection.call(message, setting("LINKGW_URL", null));
            } finally {
                connection.close();
            }
        }

        /** Chunked: the attachment goes from the file to the wire, whatever its size. */
        SOAPMessage sendAsWritten() throws Exception {
            message.saveChanges();
            HttpURLConnection connection = (HttpURLConnection) new URL(setting("LINKGW_URL", null)).openConnection();
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(1 << 16);
            for (Iterator<MimeHeader> i = message.getMimeHeaders().getAllHeaders(); i.hasNext(); ) {
                MimeHeader header = i.next();
                connection.setRequestProperty(header.getName(), header.getValue());
            }
            try (OutputStream out = connection.getOutputStream()) {
                message.writeTo(out);
            }

            MimeHeaders headers = new MimeHeaders();
            boolean refused = connection.getResponseCode() >= 400;
            headers.setHeader("Content-Type", connection.getContentType());
            try (InputStream in = refused ? connection.getErrorStream() : connection.getInputStream()) {
                return MessageFactory.newInstance().createMessage(headers, in);
            }
        }
    }

    static final class GatewayFault extends Exception {
        final String code;

        GatewayFault(SOAPFault fault) {
            super(fault.hasDetail() ? text(child(fault.getDetail(), "batchFault"), "text") : fault.getFaultString());
            code = fault.hasDetail() ? text(child(fault.getDetail(), "batchFault"), "code") : fault.getFaultCode();
        }
    }

    void print(SOAPElement result) throws IOException {
        SOAPElement receipt = child(result, "receipt");
        if (receipt == null) throw new IOException("The gateway answered " + text(result, "state") + " and gave no receipt.");
        System.out.println("transferId=" + transferId);
        System.out.println("receipt=" + text(receipt, "kind"));
        System.out.println("size=" + text(receipt, "size"));
        System.out.println("sha256=" + text(receipt, "sha256"));
    }

    static SOAPElement child(SOAPElement parent, String name) {
        return (SOAPElement) parent.getElementsByTagNameNS(CONTRACT, name).item(0);
    }

    static String text(SOAPElement parent, String name) {
        return child(parent, name).getTextContent();
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
