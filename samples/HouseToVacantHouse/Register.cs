using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>
/// The houses in the property-tax system, made up from a fixed seed: what the sample gives to that system, and expects to read at the
/// other.
/// </summary>
sealed class Register
{
    const int Houses = 400;

    static readonly string[] Towns = ["藤沢市朝日町", "藤沢市髙砂", "藤沢市﨑浜", "藤沢市辻堂", "藤沢市鵠沼"];
    static readonly string[] Structures = ["木造", "鉄骨造", "鉄筋コンクリート造"];
    static readonly string[] Names = ["髙橋 一郎", "渡邉 花子", "斎藤 次郎", "𠮷田 三郎", "德永 和子"];

    public Register()
    {
        var random = new Random(20261127);
        Rows = [.. Enumerable.Range(0, Houses).Select(i => new Row(
            $"{100 + i}番の{1 + (i % 9)}",
            Towns[i % Towns.Length] + string.Create(CultureInfo.InvariantCulture, $"{1 + (i % 7)}丁目{1 + random.Next(40)}番地"),
            Structures[random.Next(Structures.Length)],
            string.Create(CultureInfo.InvariantCulture, $"{40 + random.Next(300)}.{random.Next(10, 100)}"),
            Date(random, 1955, 2020),
            (200_000_000 + i).ToString("D15", CultureInfo.InvariantCulture),
            Names[i % Names.Length],
            Date(random, 1930, 2000)))];
    }

    public IReadOnlyList<Row> Rows { get; }

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, Rows.Select(LineOf), cancellationToken);

    /// <summary>Questions of all kinds in turn, each with what must come of it.</summary>
    public IEnumerable<(Question Question, Expectation Expected)> Questions(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = Rows[i * 7 % Rows.Count];
            yield return (i % 20) switch
            {
                5 => (new("list", Towns[i / 20 % Towns.Length]), Answered(ListOf(Towns[i / 20 % Towns.Length]))),
                10 => (new("plan", row.Number), Answered($"{HouseOf(row)} {PlanOf(row)}")),
                15 => (new("house", "9999番"), new("businessFault", "NotFound", null)),
                17 => (new("elsewhere", row.Number), new("gatewayFault", "LG-3002", null)),
                19 => (new("resident", "12345"), new("gatewayFault", "LG-1008", null)),
                var k when k % 3 == 1 => (new("resident", row.OwnerNumber), Answered(
                    $"{row.OwnerNumber}|{row.OwnerName}|{row.OwnerBirthDate}|{row.Location}|2026-11-27")),
                _ => (new("house", row.Number), Answered(HouseOf(row))),
            };
        }
    }

    static Expectation Answered(string content) => new("answered", null, content);

    string ListOf(string town) => string.Concat(
        Rows.Where(row => row.Location.StartsWith(town, StringComparison.Ordinal)).Select(row => row.Number + ";"));

    static string LineOf(Row row) => string.Join('\t',
        row.Number, row.Location, row.Structure, row.FloorArea, row.BuiltOn, row.OwnerNumber, row.OwnerName, row.OwnerBirthDate);

    static string HouseOf(Row row) => string.Join('|',
        row.Number, row.Location, "411", row.Structure, row.FloorArea, row.BuiltOn, row.OwnerNumber, row.OwnerName, "2026-01-01");

    // The plan that the property-tax system makes of a house.
    static string PlanOf(Row row) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("%PDF-1.7\n家屋平面図 " + row.Number)));

    static string Date(Random random, int first, int last) =>
        new DateOnly(random.Next(first, last), random.Next(1, 13), random.Next(1, 29)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A house and its owner.</summary>
    public sealed record Row(
        string Number, string Location, string Structure, string FloorArea, string BuiltOn,
        string OwnerNumber, string OwnerName, string OwnerBirthDate);
}
