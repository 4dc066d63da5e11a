using System.Text;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>Contents that toolkits have been seen to damage.</summary>
static class ToolkitFiles
{
    /// <summary>A CSV file in CP932, more than 64 KiB of it: no UTF-8, and 表 and ソ, whose second byte is a backslash.</summary>
    public static byte[] Cp932Csv { get; } = CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(
        "団体コード,家屋番号,所在,表示\r\n" + string.Concat(Enumerable.Range(1, 3000).Select(i => $"142051,{i},亀山市ソ表{i}番地,髙﨑\r\n")));

    /// <summary>
    /// Bytes of all values, in an odd number; they begin and end with line ends and hold what looks like a boundary, like XML, like base64
    /// and like text in UTF-8.
    /// </summary>
    public static byte[] Binary { get; } =
    [
        .. "\r\n--\r\n\n\n\r--=_boundary\r\n<?xml version=\"1.0\"?>]]>&amp;"u8, .. Enumerable.Range(0, 256).Select(i => (byte)i),
        .. TempFolder.Bytes(200_001), .. "QUJD\r\n日本語\0\r\n--\r\n"u8,
    ];
}
