import com.sun.net.httpserver.HttpServer;
import java.io.*;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import java.util.concurrent.Executors;
import javax.activation.DataHandler;
import javax.annotation.Resource;
import javax.jws.WebService;
import javax.mail.util.ByteArrayDataSource;
import javax.xml.datatype.*;
import javax.xml.ws.*;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.soap.SOAPBinding;
import house.*;
import resident.*;
import vacanthouse.VacantHousePortType;

/**
 * Systems behind a gateway, made with JAX-WS: a resident register, in SOAP 1.1 and in SOAP 1.2, the houses of property tax, a register of
 * vacant houses, one that files are pushed to, and an origin that is told what became of its files.
 */
public final class Receiver {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        Endpoint.create(new Residents()).publish(server.createContext("/resident"));
        Endpoint.create(new Residents12()).publish(server.createContext("/resident12"));
        Endpoint.create(new Houses()).publish(server.createContext("/house"));
        Endpoint.create(new VacantHouses()).publish(server.createContext("/vacant-house"));
        FileReceiver.folder = args.length > 1 ? Files.createDirectories(Paths.get(args[1])) : Files.createTempDirectory("files");
        Endpoint.create(new FileReceiver()).publish(server.createContext("/files"));
        Endpoint.create(new FileReceiver.Soap12()).publish(server.createContext("/files12"));
        Notices.folder = Files.createDirectories(FileReceiver.folder.resolve("notices"));
        Endpoint.create(new Notices()).publish(server.createContext("/notices"));
        Endpoint.create(new Notices.Soap12()).publish(server.createContext("/notices12"));
        server.start();
        System.out.println("port=" + server.getAddress().getPort());
    }

    /** Knows one resident. */
    @WebService(endpointInterface = "resident.ResidentLookupPortType",
        targetNamespace = "http://linkgateway.example/services/resident/2026",
        serviceName = "ResidentLookup", portName = "ResidentLookupPort")
    public static class Residents implements ResidentLookupPortType {
        @Resource
        WebServiceContext call;

        @Override
        public Resident getResident(String atenaNumber, XMLGregorianCalendar asOf) throws ResidentFault_Exception {
            print(call, "GetResident", atenaNumber);
            if (atenaNumber.equals("000000000000123")) return resident(atenaNumber);
            ResidentFault fault = new ResidentFault();
            fault.setCode("NotFound");
            fault.setText("該当者なし");
            throw new ResidentFault_Exception("該当者なし", fault);
        }

        static Resident resident(String atenaNumber) {
            Resident resident = new Resident();
            resident.setAtenaNumber(atenaNumber);
            resident.setName("藤沢 太郎");
            resident.setBirthDate(day(1970, 1, 1));
            resident.setAddress("藤沢市朝日町1-1 大𠮷荘 髙橋方");
            resident.setAsOf(day(2026, 11, 27));
            return resident;
        }
    }

    @BindingType(SOAPBinding.SOAP12HTTP_BINDING)
    @WebService(endpointInterface = "resident.ResidentLookupPortType",
        targetNamespace = "http://linkgateway.example/services/resident/2026",
        serviceName = "ResidentLookup", portName = "ResidentLookupPort")
    public static class Residents12 extends Residents {
    }

    /** Knows one house, with its plan. */
    @WebService(endpointInterface = "house.HouseLookupPortType",
        targetNamespace = "http://linkgateway.example/services/house/2026",
        serviceName = "HouseLookup", portName = "HouseLookupPort")
    public static class Houses implements HouseLookupPortType {
        @Resource
        WebServiceContext call;

        @Override
        public House getHouse(String houseNumber, XMLGregorianCalendar baseDate, Boolean wantPlan) throws HouseFault_Exception {
            print(call, "GetHouse", houseNumber);
            if (!houseNumber.equals("1-1")) throw fault("NotFound", "該当家屋なし");
            House house = new House();
            house.setHouseNumber(houseNumber);
            house.setLocation("藤沢市大𠮷");
            house.setUse("411");
            house.setFloorArea(new BigDecimal("98.50"));
            house.setBaseDate(day(2026, 1, 1));
            // The bytes of an attachment, of all values; JAX-WS writes the reference into the element.
            byte[] plan = new byte[100_000];
            for (int i = 0; i < plan.length; i++) plan[i] = (byte) i;
            if (Boolean.TRUE.equals(wantPlan)) house.setPlan(new DataHandler(new ByteArrayDataSource(plan, "application/pdf")));
            return house;
        }

        @Override
        public HouseList listHouses(String location, XMLGregorianCalendar baseDate, Integer max, String cursor) throws HouseFault_Exception {
            throw fault("TooMany", "該当件数超過");
        }

        static HouseFault_Exception fault(String code, String text) {
            HouseFault fault = new HouseFault();
            fault.setCode(code);
            fault.setText(text);
            return new HouseFault_Exception(text, fault);
        }
    }

    /** Takes reports; a one-way operation, so that there is nothing to answer. */
    @WebService(endpointInterface = "vacanthouse.VacantHousePortType",
        targetNamespace = "http://linkgateway.example/services/vacant-house/2026",
        serviceName = "VacantHouse", portName = "VacantHousePort")
    public static class VacantHouses implements VacantHousePortType {
        @Resource
        WebServiceContext call;

        @Override
        public void registerVacantHouse(
                String reportId, String houseNumber, String location, XMLGregorianCalendar foundOn, XMLGregorianCalendar reportedAt,
                String condition, BigDecimal floorArea, Integer floorsAboveGround, String ownerAtenaNumber, String ownerName,
                String legalBasis, List<DataHandler> photo, List<vacanthouse.NameValue> property) {
            StringBuilder photos = new StringBuilder();
            for (DataHandler one : photo) photos.append(' ').append(sha256(one));
            print(call, "RegisterVacantHouse", reportId + " " + location + photos);
        }
    }

    /** One line for each call: operation, address, who called as the gateway says, and what was asked. */
    static synchronized void print(WebServiceContext call, String operation, String content) {
        Map<?, ?> headers = (Map<?, ?>) call.getMessageContext().get(MessageContext.HTTP_REQUEST_HEADERS);
        List<?> origin = (List<?>) headers.get("LinkGateway-Origin");
        String type = String.valueOf(((List<?>) headers.get("Content-Type")).get(0)).split(";")[0];
        System.out.println(operation + " " + type + " " + (origin == null ? "-" : origin.get(0)) + " " + content);
    }

    static String sha256(DataHandler attachment) {
        try (InputStream in = attachment.getInputStream()) {
            StringBuilder text = new StringBuilder();
            for (byte b : MessageDigest.getInstance("SHA-256").digest(in.readAllBytes())) text.append(String.format("%02x", b));
            return text.toString();
        } catch (Exception e) {
            throw new WebServiceException(e);
        }
    }

    static XMLGregorianCalendar day(int year, int month, int day) {
        try {
            return DatatypeFactory.newInstance().newXMLGregorianCalendarDate(year, month, day, DatatypeConstants.FIELD_UNDEFINED);
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
