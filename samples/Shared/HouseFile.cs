using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.Samples.Shared;

/// <summary>
/// Makes a 家屋データ file as a property-tax system would hand it over: CP932, CRLF, every field quoted, one header row. The rows repeat
/// nothing personal: names of places and numbers are drawn from a seeded generator, so that the same size gives the same bytes.
/// </summary>
static class HouseFile
{
    const string Header =
        "\"団体コード\",\"宛名番号\",\"所在地\",\"家屋番号\",\"構造\",\"屋根\",\"階層\",\"床面積\",\"建築年\",\"評価額\",\"異動事由\",\"異動日\"\r\n";

    static readonly string[] Towns = ["本町", "栄町", "緑ケ丘", "湊", "髙砂", "神明", "弥生", "若葉台", "﨑浜", "東雲"];
    static readonly string[] Structures = ["木造", "鉄骨造", "鉄筋コンクリート造", "軽量鉄骨造", "土蔵造", "れんが造"];
    static readonly string[] Roofs = ["瓦葺", "スレート葺", "亜鉛メッキ鋼板葺", "陸屋根"];
    static readonly string[] Reasons = ["新築", "増築", "滅失", "用途変更", "評価替え", "①所有権移転"];

    /// <summary>Writes a file of at least <paramref name="size"/> bytes; the last row is whole.</summary>
    /// <returns>Rows written, the header not counted.</returns>
    public static async Task<long> WriteAsync(string path, long size, CancellationToken cancellationToken)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var cp932 = Encoding.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        var random = new Random(20261122);
        long rows = 0;
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous);
        await file.WriteAsync(cp932.GetBytes(Header), cancellationToken);
        var text = new StringBuilder(1 << 20);
        while (file.Position < size)
        {
            text.Clear();
            for (var i = 0; i < 4096 && file.Position + (text.Length * 3 / 2) < size; i++, rows++) AppendRow(text, random, rows);
            if (text.Length == 0) AppendRow(text, random, rows++);
            await file.WriteAsync(cp932.GetBytes(text.ToString()), cancellationToken);
        }

        await file.FlushAsync(cancellationToken);
        return rows;
    }

    /// <summary>SHA-256 of a file, as hexadecimal digits.</summary>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    static void AppendRow(StringBuilder text, Random random, long row) =>
        text.Append("\"142051\",\"").Append((100_000_000 + row).ToString("D12", null))
            .Append("\",\"").Append(Pick(Towns, random)).Append(random.Next(1, 9)).Append("丁目").Append(random.Next(1, 40)).Append("番地")
            .Append("\",\"").Append(random.Next(1, 2000)).Append("番の").Append(random.Next(1, 20))
            .Append("\",\"").Append(Pick(Structures, random))
            .Append("\",\"").Append(Pick(Roofs, random))
            .Append("\",\"").Append(random.Next(1, 6)).Append("階建")
            .Append("\",\"").Append(random.Next(30, 400)).Append('.').Append(random.Next(10, 99))
            .Append("\",\"").Append(random.Next(1955, 2026))
            .Append("\",\"").Append(random.Next(300_000, 40_000_000))
            .Append("\",\"").Append(Pick(Reasons, random))
            .Append("\",\"2026-").Append(random.Next(1, 13).ToString("D2", null))
            .Append('-').Append(random.Next(1, 29).ToString("D2", null))
            .Append("\"\r\n");

    static string Pick(string[] words, Random random) => words[random.Next(words.Length)];
}
