using System.IO.Pipelines;
using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.Relaying;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>The CoreWCF service in front of our services and relays: it brings each message to the one that its host chose.</summary>
[ServiceBehavior(
    InstanceContextMode = InstanceContextMode.Single,
    ConcurrencyMode = ConcurrencyMode.Multiple,
    AddressFilterMode = AddressFilterMode.Any)]
sealed class MessageService : IMessages
{
    const string HttpContextProperty = "Microsoft.AspNetCore.Http.HttpContext";

    // Large reads: each costs a way through all streams of the transport.
    static readonly StreamPipeReaderOptions Reading = new(bufferSize: 256 * 1024, minimumReadSize: 64 * 1024, leaveOpen: true);

    public async Task<Message> AnswerAsync(Message request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var http = (HttpContext)request.Properties[HttpContextProperty];
        var exchange = http.Features.GetRequiredFeature<CarriedExchange>();
        http.Request.ContentLength = exchange.ContentLength;
        var body = PipeReader.Create(((CarriedBody)request.Properties[nameof(CarriedBody)]).Stream, Reading);
        RelayReply? reply = null;
        try
        {
            reply = await exchange.AnswerAsync(body, http.RequestAborted);
        }
        catch (Exception failure)
        {
            // The host tells a caller that is gone from a failure of ours.
            exchange.Fail(failure);
        }
        var answer = Message.CreateMessage(MessageVersion.None, action: null);
        answer.Properties.Add(nameof(CarriedReply), new CarriedReply(http, exchange, body, reply));
        return answer;
    }
}
