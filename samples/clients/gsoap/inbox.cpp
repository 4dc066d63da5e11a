// Fetches what waits in a gateway with gSOAP; wsdl2h and soapcpp2 make the proxy from the WSDL document.
#include "BatchTransferBinding.nsmap"
#include "soapBatchTransferBindingProxy.h"
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

class Inbox {
    BatchTransferBindingProxy gateway;
    soap* context = gateway.soap;
    string command;
    string folder;
    string user = setting("LINKGW_USER");
    string password = setting("LINKGW_PASSWORD");
    string url = setting("LINKGW_URL");
    LONG64 length = std::stoll(setting("LINKGW_CHUNK", "1048576"));

public:
    Inbox(const string& command, const string& folder) : command(command), folder(folder) {
        signal(SIGPIPE, SIG_IGN);
        string authorities = setting("LINKGW_CA", "/etc/ssl/certs/ca-certificates.crt");
        check(soap_ssl_client_context(context, SOAP_SSL_DEFAULT, nullptr, nullptr, authorities.c_str(), nullptr, nullptr));
        soap_set_mode(context, SOAP_C_UTFSTRING);
        context->connect_timeout = 30;
        context->send_timeout = 60;
        context->recv_timeout = 600;
        gateway.soap_endpoint = url.c_str();
    }

    void receive() {
        string cursor;
        while (true) {
            _ns1__ListInbox request;
            if (!cursor.empty()) request.cursor = &cursor;
            _ns1__ListInboxResponse response;
            authenticate();
            check(gateway.ListInbox(&request, response));
            if (response.result->item.empty()) return;
            for (ns1__InboxItem* item : response.result->item) receive(*item);
            cursor = *response.result->cursor;
        }
    }

private:
    void receive(const ns1__InboxItem& item) {
        string name = item.manifest->fileName;
        string path = folder + "/" + name.substr(name.rfind('/') + 1);
        FILE* file = fopen((path + ".part").c_str(), "w+b");
        if (!file) {
            perror(path.c_str());
            exit(2);
        }
        string lease = command == "file" ? whole(item, file) : pieces(item, file);
        fflush(file);
        fsync(fileno(file));
        LONG64 size = ftello(file);
        string digest = sha256(file);
        fclose(file);
        if (digest != item.sha256) {
            std::cerr << path << " is not what was announced\n";
            exit(4);
        }

        // Only what is whole gets its name, and only then the gateway is told.
        rename((path + ".part").c_str(), path.c_str());
        _ns1__ConfirmReceipt request;
        request.deliveryId = item.deliveryId;
        request.lease = &lease;
        request.stage = "stored";
        request.size = &size;
        request.sha256 = &digest;
        _ns1__ConfirmReceiptResponse response;
        authenticate();
        check(gateway.ConfirmReceipt(&request, response));
        std::cout << "file=" << path << "\nsize=" << size << "\nsha256=" << digest << "\nstate=" << response.result->state << "\n";
    }

    // gSOAP holds the attachment in memory: larger files go in chunks.
    string whole(const ns1__InboxItem& item, FILE* file) {
        _ns1__FetchFile request;
        request.deliveryId = item.deliveryId;
        _ns1__FetchFileResponse response;
        authenticate();
        check(gateway.FetchFile(&request, response));
        writeAttachment(response.result->file, file);
        return response.result->lease;
    }

    string pieces(const ns1__InboxItem& item, FILE* file) {
        string lease;
        bool data = command == "data";
        LONG64 offset = 0;
        do {
            _ns1__FetchChunk request;
            request.deliveryId = item.deliveryId;
            if (!lease.empty()) request.lease = &lease;
            request.offset = offset;
            request.length = length;
            request.wantData = &data;
            _ns1__FetchChunkResponse response;
            authenticate();
            check(gateway.FetchChunk(&request, response));
            if (data) fwrite(response.result->data->__ptr, 1, response.result->data->__size, file);
            else writeAttachment(*response.result->file, file);
            lease = response.result->lease;
            offset += response.result->length;
        } while (offset < item.size);
        return lease;
    }

    // A wsi:swaRef element is a string here: it names one of the attachments of the answer.
    void writeAttachment(const string& reference, FILE* file) {
        string id = "<" + reference.substr(reference.find(':') + 1) + ">";
        for (soap_multipart::iterator part = context->mime.begin(); part != context->mime.end(); ++part) {
            if (!part->id || id != part->id) continue;
            fwrite(part->ptr, 1, part->size, file);
            return;
        }
        std::cerr << reference << " is not in the answer\n";
        exit(4);
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

    static string sha256(FILE* file) {
        EVP_MD_CTX* hash = EVP_MD_CTX_new();
        EVP_DigestInit_ex(hash, EVP_sha256(), nullptr);
        fseeko(file, 0, SEEK_SET);
        std::vector<char> buffer(1 << 20);
        while (size_t n = fread(buffer.data(), 1, buffer.size(), file)) EVP_DigestUpdate(hash, buffer.data(), n);
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
    if (command != "file" && command != "chunks" && command != "data") {
        std::cerr << "inbox file|chunks|data FOLDER\n";
        return 2;
    }
    Inbox(command, arguments[2]).receive();
}
