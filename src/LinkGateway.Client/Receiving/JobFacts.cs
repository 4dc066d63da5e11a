using System.Globalization;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Receiving;

/// <summary>Names of the environment variables in which a job finds what it has to know.</summary>
public static class JobFacts
{
    /// <summary>Full path of the file.</summary>
    public const string File = "LINKGW_FILE";

    /// <summary>How often the job ran for this file, this time included: above 1 it may have been done in part or whole before.</summary>
    public const string Attempt = "LINKGW_ATTEMPT";

    /// <summary>Where the job may write its result as JSON.</summary>
    public const string ResultFile = "LINKGW_RESULT_FILE";

    /// <summary>For the job on error: code of the error.</summary>
    public const string ErrorCode = "LINKGW_ERROR_CODE";

    /// <summary>For the job on error: its text.</summary>
    public const string ErrorText = "LINKGW_ERROR_TEXT";

    /// <summary>The facts of a delivery that do not change.</summary>
    internal static Dictionary<string, string> Of(InboxItem item)
    {
        var manifest = item.Manifest;
        Dictionary<string, string?> facts = new()
        {
            ["LINKGW_TRANSFER_ID"] = item.TransferId,
            ["LINKGW_DELIVERY_ID"] = item.DeliveryId,
            ["LINKGW_ORIGIN"] = item.Origin,
            ["LINKGW_RECEIVER"] = item.Receiver,
            ["LINKGW_REPLAY"] = Number(item.Replay),
            ["LINKGW_SIZE"] = Number(item.Size),
            ["LINKGW_SHA256"] = item.Sha256.ToString(),
            ["LINKGW_INTERFACE"] = manifest.InterfaceId,
            ["LINKGW_INTERFACE_VERSION"] = manifest.InterfaceVersion,
            ["LINKGW_KIND"] = manifest.Kind,
            ["LINKGW_ENVIRONMENT"] = manifest.Environment,
            ["LINKGW_FILE_NAME"] = manifest.FileName,
            ["LINKGW_MEDIA_TYPE"] = manifest.MediaType,
            ["LINKGW_CHARSET"] = manifest.Charset,
            ["LINKGW_RECORD_COUNT"] = Number(manifest.RecordCount),
            ["LINKGW_BASE_DATE"] = manifest.BaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["LINKGW_BASE_TRANSFER"] = manifest.BaseTransferId,
            ["LINKGW_SET_ID"] = manifest.SetId,
            ["LINKGW_SET_INDEX"] = Number(manifest.SetIndex),
            ["LINKGW_SET_COUNT"] = Number(manifest.SetCount),
        };
        return facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Key, fact => fact.Value!);
    }

    /// <summary>A number as it stands in a fact.</summary>
    internal static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
