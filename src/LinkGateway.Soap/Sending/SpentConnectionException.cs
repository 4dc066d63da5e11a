namespace LinkGateway.Soap.Sending;

/// <summary>
/// A pooled connection was chosen that holds half of an earlier request. Nothing of the present one was written to it, so that it is simply
/// sent again over another.
/// </summary>
sealed class SpentConnectionException()
    : IOException("The connection was answered before its last request was sent whole; it serves no other.");
