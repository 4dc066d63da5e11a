using CoreWCF;
using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>The contract of whatever comes: the operations are told apart behind it, by the element in the body.</summary>
[ServiceContract]
interface IMessages
{
    /// <summary>Answers a message.</summary>
    [OperationContract(Action = "*", ReplyAction = "*")]
    Task<Message> AnswerAsync(Message request);
}
