import batchreceiver.*;
import com.sun.xml.ws.developer.StreamingAttachment;
import java.io.*;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import javax.activation.DataHandler;
import javax.annotation.Resource;
import javax.jws.WebService;
import javax.xml.ws.*;
import javax.xml.ws.soap.SOAPBinding;

/**
 * A receiving system that a gateway pushes files to, made from batch-receiver.wsdl. Every file is stored once, however often it is sent:
 * KEY.data when it is whole, and at last KEY.properties, by which it is stored; KEY is made of the identity.
 */
// Attachments are spooled to a temporary file, not held in memory; eagerly, so that a message that breaks off never gets here.
@StreamingAttachment(parseEagerly = true, memoryThreshold = 65536)
@WebService(endpointInterface = "batchreceiver.BatchReceiver",
    targetNamespace = "http://linkgateway.example/batch-receiver/2026",
    serviceName = "BatchReceiverService", portName = "BatchReceiverPort")
public class FileReceiver implements BatchReceiver {
    static final int WORKING_SECONDS = 5;

    static Path folder;
    static final Set<String> working = ConcurrentHashMap.newKeySet();

    @Resource
    WebServiceContext call;

    /** The same in SOAP 1.2. */
    @BindingType(SOAPBinding.SOAP12HTTP_BINDING)
    @StreamingAttachment(parseEagerly = true, memoryThreshold = 65536)
    @WebService(endpointInterface = "batchreceiver.BatchReceiver",
        targetNamespace = "http://linkgateway.example/batch-receiver/2026",
        serviceName = "BatchReceiverService", portName = "BatchReceiverPort")
    public static class Soap12 extends FileReceiver {
    }

    @Override
    public FileResult submitFile(
            String origin, String transferId, String receiver, Integer replay, Manifest manifest, List<String> hop, Long chunkSize,
            byte[] entryReceiptDocument, DataHandler file) throws ReceiverFault_Exception {
        Receiver.print(call, "SubmitFile", origin + " " + transferId);
        String key = key(origin, transferId, receiver, replay);
        // Of two messages with the same file one is taken; the other waits for what becomes of it.
        if (!working.add(key)) return working();
        try {
            FileResult known = stored(key);
            if (known != null) return known;
            if (manifest.getFileName().startsWith("reject")) return rejected("K-17", "家屋番号なし");
            Path part = folder.resolve(key + ".part");
            Properties record = copy(file, part);
            boolean damaged = manifest.getSize() != null && !record.getProperty("size").equals(manifest.getSize().toString())
                || manifest.getSha256() != null && !record.getProperty("sha256").equals(manifest.getSha256());
            if (damaged) throw fault("damaged", "The file does not have the size or the SHA-256 of its manifest.");
            record.setProperty("reference", "J-" + key.substring(0, 12));
            Files.move(part, folder.resolve(key + ".data"), StandardCopyOption.ATOMIC_MOVE);
            write(record, folder.resolve(key + ".new"));
            Files.move(folder.resolve(key + ".new"), folder.resolve(key + ".properties"), StandardCopyOption.ATOMIC_MOVE);
            return stored(key);
        } catch (IOException e) {
            throw fault("storage", e.toString());
        } finally {
            working.remove(key);
        }
    }

    @Override
    public FileResult getTransferStatus(String origin, String transferId, String receiver, Integer replay, Long heldFrom)
            throws ReceiverFault_Exception {
        Receiver.print(call, "GetTransferStatus", origin + " " + transferId);
        String key = key(origin, transferId, receiver, replay);
        FileResult known = stored(key);
        return known != null ? known : working.contains(key) ? working() : unknown();
    }

    @Override
    public FileResult openTransfer(
            String origin, String transferId, String receiver, Integer replay, Manifest manifest, List<String> hop, Long chunkSize)
            throws ReceiverFault_Exception {
        throw fault("not-offered", "Files are taken whole, by SubmitFile.");
    }

    @Override
    public PutChunkResult putChunk(
            String origin, String transferId, String receiver, Integer replay, int attempt, int index, long offset, long length,
            String sha256, DataHandler file, byte[] data) throws ReceiverFault_Exception {
        throw fault("not-offered", "Files are taken whole, by SubmitFile.");
    }

    @Override
    public FileResult commitTransfer(
            String origin, String transferId, String receiver, Integer replay, int attempt, long size, String sha256, Long recordCount,
            byte[] entryReceiptDocument) throws ReceiverFault_Exception {
        throw fault("not-offered", "Files are taken whole, by SubmitFile.");
    }

    static FileResult stored(String key) throws ReceiverFault_Exception {
        Path path = folder.resolve(key + ".properties");
        if (!Files.exists(path)) return null;
        Properties record = new Properties();
        try (Reader in = Files.newBufferedReader(path)) {
            record.load(in);
        } catch (IOException e) {
            throw fault("storage", e.toString());
        }
        FileResult result = new FileResult();
        result.setOutcome("stored");
        result.setSize(Long.valueOf(record.getProperty("size")));
        result.setSha256(record.getProperty("sha256"));
        result.setReceiverReference(record.getProperty("reference"));
        return result;
    }

    static FileResult rejected(String code, String text) {
        FileResult result = new FileResult();
        result.setOutcome("rejected");
        result.setCode(code);
        result.setText(text);
        return result;
    }

    static FileResult unknown() {
        FileResult result = new FileResult();
        result.setOutcome("unknown");
        return result;
    }

    static FileResult working() {
        FileResult result = unknown();
        result.setRetryAfterSeconds(WORKING_SECONDS);
        return result;
    }

    /** Copies the attachment to a file, durably, and counts and digests its bytes. */
    static Properties copy(DataHandler attachment, Path to) throws IOException {
        MessageDigest sha256 = digest();
        long size = 0;
        try (InputStream in = attachment.getInputStream();
                FileChannel out = FileChannel.open(
                    to, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[128 * 1024];
            for (int read; (read = in.read(buffer)) > 0; size += read) {
                sha256.update(buffer, 0, read);
                for (java.nio.ByteBuffer left = java.nio.ByteBuffer.wrap(buffer, 0, read); left.hasRemaining();) out.write(left);
            }
            out.force(true);
        }
        Properties record = new Properties();
        record.setProperty("size", Long.toString(size));
        record.setProperty("sha256", hex(sha256.digest()));
        return record;
    }

    static void write(Properties record, Path to) throws IOException {
        try (Writer out = Files.newBufferedWriter(to)) {
            record.store(out, null);
        }
        try (FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /** The identity as a name: what others write is never used as a path. */
    static String key(String origin, String transferId, String receiver, Integer replay) {
        String identity = origin + "\n" + transferId + "\n" + receiver + "\n" + (replay == null ? 0 : replay);
        return hex(digest().digest(identity.getBytes(StandardCharsets.UTF_8)));
    }

    static ReceiverFault_Exception fault(String code, String text) {
        ReceiverFault fault = new ReceiverFault();
        fault.setCode(code);
        fault.setText(text);
        return new ReceiverFault_Exception(text, fault);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) text.append(String.format("%02x", b));
        return text.toString();
    }
}
