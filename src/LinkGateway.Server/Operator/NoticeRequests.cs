using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Notices;

namespace LinkGateway.Server.Operator;

/// <summary>Translates what operators ask about notices.</summary>
sealed class NoticeRequests(NoticeQueries queries, NoticeSinks sinks, OperatorRequests requests)
{
    public Task ListAsync(HttpContext context) => requests.AnswerAsync(context, OperatorJson.Default.NoticePage, async () =>
    {
        var limit = OperatorRequests.Number(context, "limit");
        if (!limit.Succeeded) return limit.Refusal;
        return OperatorRequests.Text(context, "open") is null or "true" or "false"
            ? await queries.ListAsync(
                OperatorRequests.Text(context, "open") == "true", limit.Value, OperatorRequests.Text(context, "cursor"),
                context.RequestAborted)
            : new Refusal(ErrorCatalogue.FieldInvalid, "open", "it is true or false");
    });

    public Task TestAsync(HttpContext context) => requests.AnswerAsync(context, OperatorJson.Default.NoticeTest, async () =>
    {
        var read = await OperatorRequests.ReadAsync(context, OperatorJson.Default.NoticeTestRequest);
        return read.Succeeded ? await sinks.TestAsync(read.Value.Sink, context.RequestAborted) : read.Refusal;
    });
}
