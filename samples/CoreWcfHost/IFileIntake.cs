using CoreWCF;

namespace LinkGateway.Samples.CoreWcfHost;

/// <summary>A contract of a vendor's own: the file comes as an attachment, the element refers to it (wsi:swaRef).</summary>
[ServiceContract(Namespace = Namespace)]
public interface IFileIntake
{
    const string Namespace = "http://vendor.example/files/v1";

    [OperationContract]
    Task<Stored> StoreAsync(string file);
}
