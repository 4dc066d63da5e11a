import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.soap.*;
import org.w3c.dom.Element;

/** Looks a resident up through a gateway with SAAJ: no generated code, the message is built by hand as the WSDL document describes it. */
public final class Lookup {
    static final String CONTRACT = "http://linkgateway.example/services/resident/2026";
    static final String FAULT = "http://linkgateway.example/fault/2026";

    public static void main(String[] args) {
        try {
            SOAPBody body = call(request(args[0])).getSOAPBody();
            if (body.hasFault()) System.exit(refused(body.getFault()));
            System.out.println("name=" + text(body, CONTRACT, "name"));
            System.out.println("birthDate=" + text(body, CONTRACT, "birthDate"));
            System.out.println("address=" + text(body, CONTRACT, "address"));
        } catch (SOAPException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    static SOAPMessage request(String number) throws SOAPException {
        SOAPMessage message = MessageFactory.newInstance().createMessage();
        SOAPElement wrapper = message.getSOAPBody().addChildElement("GetResident", "", CONTRACT);
        wrapper.addChildElement("atenaNumber").addTextNode(number);
        MimeHeaders headers = message.getMimeHeaders();
        headers.setHeader("SOAPAction", "\"" + CONTRACT + "/GetResident\"");
        String credentials = System.getenv("LINKGW_USER") + ":" + System.getenv("LINKGW_PASSWORD");
        headers.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    static SOAPMessage call(SOAPMessage message) throws SOAPException {
        SOAPConnection connection = SOAPConnectionFactory.newInstance().createConnection();
        try {
            return connection.call(message, System.getenv("LINKGW_URL"));
        } finally {
            connection.close();
        }
    }

    /** The gateway's own faults have another element in their detail than those of the receiving system. */
    static int refused(SOAPFault fault) {
        Element detail = fault.getDetail();
        if (detail != null && detail.getElementsByTagNameNS(FAULT, "gatewayFault").getLength() > 0) {
            System.out.println("fault=" + text(detail, FAULT, "code"));
            System.out.println("text=" + text(detail, FAULT, "text"));
            return 3;
        }
        if (detail != null && detail.getElementsByTagNameNS(CONTRACT, "residentFault").getLength() > 0) {
            System.out.println("businessFault=" + text(detail, CONTRACT, "code"));
            System.out.println("text=" + text(detail, CONTRACT, "text"));
            return 5;
        }
        System.err.println(fault.getFaultCode() + ": " + fault.getFaultString());
        return 4;
    }

    static String text(Element parent, String namespace, String name) {
        return parent.getElementsByTagNameNS(namespace, name).item(0).getTextContent();
    }
}
