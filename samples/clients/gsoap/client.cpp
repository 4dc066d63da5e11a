// Hands a file to a gateway with gSOAP; wsdl2h and soapcpp2 make the proxy from the WSDL document.
#include "BatchTransferBinding.nsmap"
#include "soapBatchTransferBindingProxy.h"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <openssl/evp.h>
#include <unistd.h>
#include <vector>

using std::string;

static string setting(const char* name, const char* otherwise = nullptr) {
    const char* value = getenv(name);
    if (value && *value) return value;
    if (otherwise) return otherwise;
    std::cerr << "set " << name << "\n";
    exit(2);
}

// gSOAP asks these for the bytes of an attachment while it sends it: no more than a buffer of it is ever in memory. The handle is the
// open file, which stands where the attachment begins.
static void* openAttachment(soap*, void* handle, const char*, const char*, const char*) { return handle; }
static void closeAttachment(soap*, void*) {}
static size_t readAttachment(soap*, void* handle, char* buffer, size_t length) {
    return fread(buffer, 1, length, static_cast<FILE*>(handle));
}

class Client {
    BatchTransferBindingProxy gateway;
    soap* context = gateway.soap;
    FILE* file;
    LONG64 size;
    string user = setting("LINKGW_USER");
    string password = setting("LINKGW_PASSWORD");
    string url = setting("LINKGW_URL");
    string transferId = setting("LINKGW_TRANSFER", ("gsoap-" + std::to_string(time(nullptr)) + "-" + std::to_string(getpid())).c_str());
    string fileName;
    string digest;

public:
    explicit Client(const string& path) : file(fopen(path.c_str(), "rb")), fileName(path.substr(path.rfind('/') + 1)) {
        if (!file || fseeko(file, 0, SEEK_END) != 0) {
            perror(path.c_str());
            exit(2);
        }
        size = ftello(file);
        digest = sha256(0, size);

        signal(SIGPIPE, SIG_IGN);
        string authorities = setting("LINKGW_CA", "/etc/ssl/certs/ca-certificates.crt");
        check(soap_ssl_client_context(context, SOAP_SSL_DEFAULT, nullptr, nullptr, authorities.c_str(), nullptr, nullptr));
        soap_set_mode(context, SOAP_C_UTFSTRING);
        if (setting("LINKGW_CHUNKED", "0") == "1") soap_set_omode(context, SOAP_IO_CHUNK);
        context->connect_timeout = 30;
        context->send_timeout = 60;
        context->recv_timeout = 600;
        context->fmimereadopen = openAttachment;
        context->fmimeread = readAttachment;
        context->fmimereadclose = closeAttachment;
        gateway.soap_endpoint = url.c_str();
    }

    void open() {
        _ns1__OpenTransferResponse opened = openTransfer();
        _ns1__GetTransferStatus request;
        request.transferId = &transferId;
        _ns1__GetTransferStatusResponse status;
        authenticate();
        check(gateway.GetTransferStatus(&request, status));
        std::cout << "transferId=" << transferId << "\nstate=" << status.result->state
                  << "\nchunkSize=" << opened.result->chunkSize << "\n";
    }

    void submit() {
        ns1__Manifest sent = manifest();
        _ns1__SubmitFile request;
        request.manifest = &sent;
        request.file = attach(0, size);
        _ns1__SubmitFileResponse response;
        authenticate();
        check(gateway.SubmitFile(&request, response));
        print(*response.result);
    }

    void put() {
        _ns1__OpenTransferResponse opened = openTransfer();
        int attempt = opened.result->attempt;
        LONG64 chunkSize = opened.result->chunkSize;
        for (int index = 0; index * chunkSize < size; index++) {
            _ns1__PutChunk request;
            request.transferId = &transferId;
            request.attempt = attempt;
            request.index = index;
            request.offset = index * chunkSize;
            request.length = std::min(chunkSize, size - request.offset);
            request.sha256 = sha256(request.offset, request.length);
            string reference = attach(request.offset, request.length);
            request.file = &reference;
            _ns1__PutChunkResponse response;
            authenticate();
            check(gateway.PutChunk(&request, response));
        }

        soap_clr_mime(context);
        _ns1__CommitTransfer request;
        request.transferId = &transferId;
        request.attempt = attempt;
        request.size = size;
        request.sha256 = digest;
        _ns1__CommitTransferResponse response;
        while (true) {
            authenticate();
            check(gateway.CommitTransfer(&request, response));
            if (response.result->state != "Verifying") break;
            sleep(*response.result->retryAfterSeconds);
        }
        print(*response.result);
    }

private:
    _ns1__OpenTransferResponse openTransfer() {
        ns1__Manifest sent = manifest();
        LONG64 proposed = std::stoll(setting("LINKGW_CHUNK", "0"));
        _ns1__OpenTransfer request;
        request.manifest = &sent;
        if (proposed > 0) request.chunkSize = &proposed;
        _ns1__OpenTransferResponse response;
        authenticate();
        check(gateway.OpenTransfer(&request, response));
        return response;
    }

    ns1__Manifest manifest() {
        ns1__Manifest manifest;
        manifest.origin = user;
        manifest.receiver.push_back(setting("LINKGW_RECEIVER"));
        manifest.interfaceId = setting("LINKGW_INTERFACE");
        manifest.transferId = transferId;
        manifest.kind = "full";
        manifest.environment = setting("LINKGW_ENVIRONMENT", "production");
        manifest.fileName = fileName;
        manifest.size = &size;
        manifest.sha256 = &digest;
        return manifest;
    }

    // Attaches a range of the file to the next call and answers what refers to it: a wsi:swaRef element is a string here.
    string attach(LONG64 offset, LONG64 length) {
        fseeko(file, offset, SEEK_SET);
        soap_set_mime(context, nullptr, nullptr);
        check(soap_set_mime_attachment(context, reinterpret_cast<char*>(file), length, SOAP_MIME_BINARY, "application/octet-stream",
            "<file@client>", nullptr, nullptr));
        return "cid:file@client";
    }

    // gSOAP forgets them after each call.
    void authenticate() {
        context->userid = user.c_str();
        context->passwd = password.c_str();
    }

    // Ends the program where a call failed.
    void check(int error) {
        if (error == SOAP_OK) return;
        if (context->fault && context->fault->detail && context->fault->detail->ns1__batchFault) {
            ns1__BatchFault* fault = context->fault->detail->ns1__batchFault;
            std::cout << "fault=" << fault->code << "\ntext=" << fault->text << "\n";
            exit(3);
        }
        soap_stream_fault(context, std::cerr);
        exit(4);
    }

    void print(const ns1__AcceptResult& result) {
        if (!result.receipt) {
            std::cerr << "The gateway answered " << result.state << " and gave no receipt.\n";
            exit(4);
        }
        std::cout << "transferId=" << transferId << "\nreceipt=" << result.receipt->kind << "\nsize=" << result.receipt->size
                  << "\nsha256=" << result.receipt->sha256 << "\n";
    }

    string sha256(LONG64 offset, LONG64 length) {
        EVP_MD_CTX* hash = EVP_MD_CTX_new();
        EVP_DigestInit_ex(hash, EVP_sha256(), nullptr);
        fseeko(file, offset, SEEK_SET);
        std::vector<char> buffer(1 << 20);
        while (length > 0) {
            size_t n = fread(buffer.data(), 1, std::min<LONG64>(buffer.size(), length), file);
            if (n == 0) break;
            EVP_DigestUpdate(hash, buffer.data(), n);
            length -= n;
        }
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned int count;
        EVP_DigestFinal_ex(hash, bytes, &count);
        EVP_MD_CTX_free(hash);

        string text;
        for (unsigned int i = 0; i < count; i++) {
            char two[3];
            snprintf(two, sizeof two, "%02x", bytes[i]);
            text += two;
        }
        return text;
    }
};

int main(int count, char** arguments) {
    string command = count == 3 ? arguments[1] : "";
    if (command != "open" && command != "submit" && command != "put") {
        std::cerr << "client open|submit|put FILE\n";
        return 2;
    }
    Client client(arguments[2]);
    if (command == "open") client.open();
    if (command == "submit") client.submit();
    if (command == "put") client.put();
}
