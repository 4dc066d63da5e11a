// Looks a resident up through a gateway with gSOAP; wsdl2h and soapcpp2 make the proxy from the WSDL document.
#include "ResidentLookupBinding.nsmap"
#include "soapResidentLookupBindingProxy.h"
#include <csignal>
#include <iostream>

using std::string;

static string setting(const char* name) {
    const char* value = getenv(name);
    if (value && *value) return value;
    std::cerr << "set " << name << "\n";
    exit(2);
}

// Text of an element, by its local name, in XML that gSOAP gives as it came.
static string element(const string& xml, const string& name) {
    size_t tag = xml.find(":" + name + ">");
    if (tag == string::npos) return "";
    size_t begin = xml.find('>', tag) + 1;
    return xml.substr(begin, xml.find("</", begin) - begin);
}

// The receiving system's fault is declared in the contract and arrives typed; the gateway's own are in no contract: their detail is XML.
static int refused(soap* context) {
    SOAP_ENV__Detail* detail = context->fault ? context->fault->detail : nullptr;
    if (detail && detail->ns1__residentFault) {
        std::cout << "businessFault=" << detail->ns1__residentFault->code << "\ntext=" << detail->ns1__residentFault->text << "\n";
        return 5;
    }
    string xml = detail && detail->__any ? detail->__any : "";
    if (xml.find("http://linkgateway.example/fault/2026") != string::npos) {
        std::cout << "fault=" << element(xml, "code") << "\ntext=" << element(xml, "text") << "\n";
        return 3;
    }
    soap_stream_fault(context, std::cerr);
    return 4;
}

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "lookup NUMBER\n";
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    string url = setting("LINKGW_URL"), user = setting("LINKGW_USER"), password = setting("LINKGW_PASSWORD");
    ResidentLookupBindingProxy gateway(url.c_str(), SOAP_C_UTFSTRING);
    soap* context = gateway.soap;
    if (soap_ssl_client_context(context, SOAP_SSL_DEFAULT, nullptr, nullptr, setting("LINKGW_CA").c_str(), nullptr, nullptr))
        return refused(context);
    // gSOAP forgets them after each call.
    context->userid = user.c_str();
    context->passwd = password.c_str();

    _ns1__GetResident request;
    request.atenaNumber = arguments[1];
    _ns1__GetResidentResponse response;
    if (gateway.GetResident(&request, response) != SOAP_OK) return refused(context);
    const ns1__Resident& found = *response.result;
    std::cout << "name=" << found.name << "\nbirthDate=" << found.birthDate << "\naddress=" << found.address << "\n";
}
