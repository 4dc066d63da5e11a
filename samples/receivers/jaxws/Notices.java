import java.io.IOException;
import java.nio.file.*;
import java.security.*;
import javax.annotation.Resource;
import javax.jws.WebService;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.*;
import javax.xml.ws.soap.SOAPBinding;
import notification.*;

/**
 * An origin that a gateway tells what became of its files, made from notification.wsdl. Every receipt is kept once, byte for byte, however
 * often it is told: SHA-256.xml in the folder.
 */
@WebService(endpointInterface = "notification.Notification",
    targetNamespace = "http://linkgateway.example/notification/2026",
    serviceName = "NotificationService", portName = "NotificationPort")
public class Notices implements Notification {
    static Path folder;

    @Resource
    WebServiceContext call;

    /** The same in SOAP 1.2. */
    @BindingType(SOAPBinding.SOAP12HTTP_BINDING)
    @WebService(endpointInterface = "notification.Notification",
        targetNamespace = "http://linkgateway.example/notification/2026",
        serviceName = "NotificationService", portName = "NotificationPort")
    public static class Soap12 extends Notices {
    }

    @Override
    public NotedResult receiptIssued(byte[] receiptDocument) throws NotificationFault_Exception {
        // A real origin verifies the signature against the gateway's certificate here, and looks the transfer up that it names.
        String name = name(receiptDocument);
        try {
            Path part = Files.write(folder.resolve(name + ".part"), receiptDocument, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            Files.move(part, folder.resolve(name + ".xml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw fault("storage", e.toString());
        }
        Receiver.print(call, "ReceiptIssued", name);
        return new NotedResult();
    }

    @Override
    public NotedResult deliveryFailed(
            String origin, String transferId, String receiver, Integer replay, String code, String text, String state,
            XMLGregorianCalendar at) throws NotificationFault_Exception {
        // One that is none of ours is never ours: told so, the gateway does not tell it again.
        if (transferId.startsWith("unknown")) throw fault("unwanted", "There is no transfer " + transferId + " here.");
        Receiver.print(call, "DeliveryFailed", transferId + " " + receiver + " " + code + " " + state);
        return new NotedResult();
    }

    static NotificationFault_Exception fault(String code, String text) {
        NotificationFault fault = new NotificationFault();
        fault.setCode(code);
        fault.setText(text);
        return new NotificationFault_Exception(text, fault);
    }

    static String name(byte[] receiptDocument) {
        try {
            StringBuilder text = new StringBuilder();
            for (byte b : MessageDigest.getInstance("SHA-256").digest(receiptDocument)) text.append(String.format("%02x", b));
            return text.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
