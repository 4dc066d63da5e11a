import java.io.IOException;
import java.net.URL;
import java.text.SimpleDateFormat;
import javax.xml.namespace.QName;
import org.apache.axis.AxisFault;
import org.apache.axis.client.Stub;
import org.w3c.dom.Element;
import resident.*;

/** Looks a resident up through a gateway with Axis 1.4; WSDL2Java makes the package resident from the WSDL document. */
public final class Lookup {
    static final String FAULT = "http://linkgateway.example/fault/2026";

    public static void main(String[] args) throws Exception {
        try {
            Resident found = connect().getResident(args[0], null);
            System.out.println("name=" + found.getName());
            System.out.println("birthDate=" + new SimpleDateFormat("yyyy-MM-dd").format(found.getBirthDate()));
            System.out.println("address=" + found.getAddress());
        } catch (ResidentFault e) {
            // The receiving system's: the contract declares it, so it arrives typed.
            System.out.println("businessFault=" + e.getCode());
            System.out.println("text=" + e.getText());
            System.exit(5);
        } catch (AxisFault e) {
            System.exit(refused(e));
        } catch (IOException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    /** The gateway's own faults are in no contract: their detail is XML. */
    static int refused(AxisFault e) {
        Element detail = e.lookupFaultDetail(new QName(FAULT, "gatewayFault"));
        if (detail == null) {
            System.err.println(e);
            return 4;
        }
        System.out.println("fault=" + text(detail, "code"));
        System.out.println("text=" + text(detail, "text"));
        return 3;
    }

    static ResidentLookupPortType connect() throws Exception {
        ResidentLookupPortType port = new ResidentLookupLocator().getResidentLookupPort(new URL(System.getenv("LINKGW_URL")));
        Stub stub = (Stub) port;
        stub.setUsername(System.getenv("LINKGW_USER"));
        stub.setPassword(System.getenv("LINKGW_PASSWORD"));
        return port;
    }

    static String text(Element parent, String name) {
        return parent.getElementsByTagNameNS(FAULT, name).item(0).getTextContent();
    }
}
