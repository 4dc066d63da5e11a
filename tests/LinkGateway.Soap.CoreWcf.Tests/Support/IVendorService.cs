using CoreWCF;
using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Support;

/// <summary>Typed operations as a vendor has them; the last takes whatever comes.</summary>
[ServiceContract(Namespace = Namespace)]
public interface IVendorService
{
    const string Namespace = "http://vendor.example/files/v1";

    [OperationContract(Action = "urn:echo")]
    string Echo(string text);

    [OperationContract(Action = "urn:store")]
    Task<string> StoreAsync(string file);

    [OperationContract(Action = "urn:pipe")]
    Task<string> PipeAsync(string file);

    [OperationContract(Action = "urn:begin")]
    Task<string> BeginAsync(string file);

    [OperationContract(Action = "urn:fetch")]
    Task<string> FetchAsync(int count);

    [OperationContract(Action = "urn:stream")]
    Task<string> StreamAsync();

    [OperationContract(Action = "urn:refuse")]
    Task<string> RefuseAsync(string file);

    [OperationContract(Action = "urn:fail")]
    Task<string> FailAsync(string file);

    [OperationContract(Action = "*", ReplyAction = "*")]
    Task<Message> AnyAsync(Message request);
}
