import house.*;
import java.io.*;
import java.nio.file.*;
import java.util.Map;
import javax.xml.ws.*;

/** Looks a house up with its plan through a gateway with JAX-WS; wsimport makes the package house from the WSDL document. */
public final class LookupHouse {
    public static void main(String[] args) throws IOException {
        try {
            House found = connect().getHouse(args[0], null, true);
            // A wsi:swaRef element is a DataHandler here, with the bytes of the attachment that it names.
            try (InputStream plan = found.getPlan().getInputStream()) {
                Files.copy(plan, Paths.get(args[1]), StandardCopyOption.REPLACE_EXISTING);
            }
            System.out.println("location=" + found.getLocation());
            System.out.println("floorArea=" + found.getFloorArea());
            System.out.println("planType=" + found.getPlan().getContentType());
        } catch (HouseFault_Exception e) {
            System.out.println("businessFault=" + e.getFaultInfo().getCode());
            System.out.println("text=" + e.getFaultInfo().getText());
            System.exit(5);
        } catch (WebServiceException e) {
            // Lookup.java tells faults of the gateway from other trouble.
            System.err.println(e);
            System.exit(4);
        }
    }

    static HouseLookupPortType connect() {
        HouseLookupPortType port = new HouseLookup().getHouseLookupPort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, System.getenv("LINKGW_URL"));
        context.put(BindingProvider.USERNAME_PROPERTY, System.getenv("LINKGW_USER"));
        context.put(BindingProvider.PASSWORD_PROPERTY, System.getenv("LINKGW_PASSWORD"));
        return port;
    }
}
