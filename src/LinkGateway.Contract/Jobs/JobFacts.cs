using System.Globalization;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Jobs;

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
    /// <param name="deliveryId">Id of the delivery.</param>
    /// <param name="receiver">The receiver.</param>
    /// <param name="replay">Replay number.</param>
    /// <param name="manifest">What the origin says of the file.</param>
    /// <param name="size">Size in bytes.</param>
    /// <param name="sha256">SHA-256 of the file.</param>
    public static Dictionary<string, string> Of(
        string deliveryId, string receiver, int replay, Manifest manifest, long size, Sha256Digest sha256)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Dictionary<string, string?> facts = new()
        {
            ["LINKGW_TRANSFER_ID"] = manifest.TransferId,
            ["LINKGW_DELIVERY_ID"] = deliveryId,
            ["LINKGW_ORIGIN"] = manifest.Origin,
            ["LINKGW_RECEIVER"] = receiver,
            ["LINKGW_REPLAY"] = Number(replay),
            ["LINKGW_SIZE"] = Number(size),
            ["LINKGW_SHA256"] = sha256.ToString(),
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
    public static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
