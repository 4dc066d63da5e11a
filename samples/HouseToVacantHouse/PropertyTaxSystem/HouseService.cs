using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace VendorA.PropertyTax;

/// <summary>HouseLookup (固定資産税 家屋): a house by 家屋番号, houses by 所在地.</summary>
sealed class HouseService(IReadOnlyList<House> houses, bool spoil)
{
    const string BaseDate = "2026-01-01";
    const int MostAtOnce = 100;

    static readonly XNamespace N = "http://linkgateway.example/services/house/2026";

    readonly Dictionary<string, House> _byNumber = houses.ToDictionary(house => house.Number);
    int _answers;

    public async Task<IResult> AnswerAsync(HttpRequest request) => await Soap.ReadAsync(request) switch
    {
        { } body when body.Name == N + "GetHouse" => Get(body),
        { } body when body.Name == N + "ListHouses" => List(body),
        _ => Results.BadRequest(),
    };

    IResult Get(XElement request)
    {
        var number = request.Element(N + "houseNumber")!.Value;
        if (!_byNumber.TryGetValue(number, out var house)) return Fault("NotFound", $"家屋番号 {number} の家屋はありません。");
        // One answer of many that is wrong: whoever runs the sample wants to see that it notices.
        if (spoil && Interlocked.Increment(ref _answers) == 5) house = house with { FloorArea = "1.00" };
        var answer = new XElement(N + "GetHouseResponse", ToXml(house, "result"));
        if (request.Element(N + "wantPlan")?.Value is not ("true" or "1")) return Soap.Answer(answer);
        answer.Element(N + "result")!.Add(new XElement(N + "plan", "cid:plan@kaoku.example.jp"));
        return Soap.Answer(answer, "plan@kaoku.example.jp", "application/pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n家屋平面図 " + house.Number));
    }

    IResult List(XElement request)
    {
        var location = request.Element(N + "location")!.Value;
        var max = Math.Min((int?)request.Element(N + "max") ?? MostAtOnce, MostAtOnce);
        var first = (int?)request.Element(N + "cursor") ?? 0;
        var there = houses.Where(house => house.Location.StartsWith(location, StringComparison.Ordinal));
        var found = there.Skip(first).Take(max + 1).ToArray();
        var more = found.Length > max;
        return Soap.Answer(new XElement(N + "ListHousesResponse", new XElement(N + "result",
            found.Take(max).Select(house => ToXml(house, "house")),
            new XElement(N + "more", more),
            more ? new XElement(N + "cursor", (first + max).ToString(CultureInfo.InvariantCulture)) : null)));
    }

    static XElement ToXml(House house, string name) => new(N + name,
        new XElement(N + "houseNumber", house.Number),
        new XElement(N + "location", house.Location),
        new XElement(N + "use", "411"),
        new XElement(N + "structure", house.Structure),
        new XElement(N + "floorArea", house.FloorArea),
        new XElement(N + "builtOn", house.BuiltOn),
        new XElement(N + "ownerAtenaNumber", house.OwnerNumber),
        new XElement(N + "ownerName", house.OwnerName),
        new XElement(N + "baseDate", BaseDate));

    static IResult Fault(string code, string text) =>
        Soap.Fault(new XElement(N + "houseFault", new XElement(N + "code", code), new XElement(N + "text", text)), text);
}
