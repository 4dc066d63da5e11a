using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// An upload broke off or is no valid message: thrown by the pipe behind <see cref="IUploadBody"/>, answered as its refusal.
/// </summary>
/// <param name="refusal">What is wrong, and whose fault it is.</param>
/// <param name="inner">The cause.</param>
public sealed class UploadException(Refusal refusal, Exception? inner = null) : Exception(refusal.ToString(), inner)
{
    /// <summary>What is wrong.</summary>
    public Refusal Refusal { get; } = refusal;
}
