import java.util.Map;
import javax.xml.ws.*;
import javax.xml.ws.soap.SOAPFaultException;
import org.w3c.dom.*;
import resident.*;

/** Looks a resident up through a gateway with JAX-WS; wsimport makes the package resident from the WSDL document. */
public final class Lookup {
    static final String FAULT = "http://linkgateway.example/fault/2026";

    public static void main(String[] args) {
        try {
            Resident found = connect().getResident(args[0], null);
            System.out.println("name=" + found.getName());
            System.out.println("birthDate=" + found.getBirthDate());
            System.out.println("address=" + found.getAddress());
        } catch (ResidentFault_Exception e) {
            // The receiving system's: the contract declares it, so it arrives typed.
            System.out.println("businessFault=" + e.getFaultInfo().getCode());
            System.out.println("text=" + e.getFaultInfo().getText());
            System.exit(5);
        } catch (SOAPFaultException e) {
            System.exit(refused(e));
        } catch (WebServiceException e) {
            System.err.println(e);
            System.exit(4);
        }
    }

    /** The gateway's own faults are in no contract: their detail is XML. */
    static int refused(SOAPFaultException e) {
        Element detail = e.getFault().getDetail();
        NodeList faults = detail == null ? null : detail.getElementsByTagNameNS(FAULT, "gatewayFault");
        if (faults == null || faults.getLength() == 0) {
            System.err.println(e);
            return 4;
        }
        System.out.println("fault=" + text((Element) faults.item(0), "code"));
        System.out.println("text=" + text((Element) faults.item(0), "text"));
        return 3;
    }

    static ResidentLookupPortType connect() {
        ResidentLookupPortType port = new ResidentLookup().getResidentLookupPort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, System.getenv("LINKGW_URL"));
        context.put(BindingProvider.USERNAME_PROPERTY, System.getenv("LINKGW_USER"));
        context.put(BindingProvider.PASSWORD_PROPERTY, System.getenv("LINKGW_PASSWORD"));
        return port;
    }

    static String text(Element parent, String name) {
        return parent.getElementsByTagNameNS(FAULT, name).item(0).getTextContent();
    }
}
