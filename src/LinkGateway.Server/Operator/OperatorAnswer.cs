using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Batch;

namespace LinkGateway.Server.Operator;

/// <summary>Writes answers of the operator API.</summary>
static class OperatorAnswer
{
    /// <summary>Writes a result.</summary>
    public static Task SendAsync<T>(HttpContext context, T result, JsonTypeInfo<T> type) =>
        WriteAsync(context, StatusCodes.Status200OK, result, type);

    /// <summary>Writes a refusal, in the language that the caller asks for.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var japanese = FaultLanguage.IsJapanese(context.Request.Headers.AcceptLanguage);
        var fault = new OperatorFault
        {
            Code = refusal.Code,
            Text = refusal.Error.Text(refusal.Arguments, japanese),
            Side = refusal.Side,
        };
        return WriteAsync(context, StatusOf(refusal.Error), fault, OperatorJson.Default.OperatorFault);
    }

    static int StatusOf(ErrorEntry error)
    {
        if (error == ErrorCatalogue.NotAuthenticated) return StatusCodes.Status401Unauthorized;
        if (error == ErrorCatalogue.OperatorOnly) return StatusCodes.Status403Forbidden;
        if (error == ErrorCatalogue.DeliveryUnknown
            || error == ErrorCatalogue.TransferUnknown
            || error == ErrorCatalogue.NoSuchReplay
            || error == ErrorCatalogue.OperationUnavailable)
            return StatusCodes.Status404NotFound;
        if (error == ErrorCatalogue.OrderImpossible || error == ErrorCatalogue.ReplayOrderTaken || error == ErrorCatalogue.ReplayEnded)
            return StatusCodes.Status409Conflict;
        if (error == ErrorCatalogue.Internal) return StatusCodes.Status500InternalServerError;
        return error.Side == FaultSide.Sender ? StatusCodes.Status400BadRequest : StatusCodes.Status503ServiceUnavailable;
    }

    static async Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
