using System.Xml.Linq;

namespace VendorA.PropertyTax;

/// <summary>ResidentLookup (住民基本台帳): a resident by 宛名番号; the vendor's package holds residents beside houses.</summary>
sealed class ResidentService(IReadOnlyList<House> houses)
{
    static readonly XNamespace N = "http://linkgateway.example/services/resident/2026";

    readonly Dictionary<string, House> _byOwner = houses.DistinctBy(house => house.OwnerNumber).ToDictionary(house => house.OwnerNumber);

    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        if (await Soap.ReadAsync(request) is not { } body || body.Name != N + "GetResident") return Results.BadRequest();
        var number = body.Element(N + "atenaNumber")!.Value;
        if (!_byOwner.TryGetValue(number, out var house))
        {
            var text = $"宛名番号 {number} の住民はありません。";
            var detail = new XElement(N + "residentFault", new XElement(N + "code", "NotFound"), new XElement(N + "text", text));
            return Soap.Fault(detail, text);
        }
        return Soap.Answer(new XElement(N + "GetResidentResponse", new XElement(N + "result",
            new XElement(N + "atenaNumber", house.OwnerNumber),
            new XElement(N + "name", house.OwnerName),
            new XElement(N + "birthDate", house.OwnerBirthDate),
            new XElement(N + "address", house.Location),
            new XElement(N + "asOf", "2026-11-27"))));
    }
}
