using System.Text.Json;
using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>The gateway between the two systems: three services, and one interface of files.</summary>
static class Configuration
{
    public const string PropertyTax = "142051-kaoku";
    public const string VacantHouses = "142051-akiya";
    public const string FileInterface = "kaoku-ido";
    public const string PropertyTaxPassword = "KAOKU_PASSWORD";
    public const string VacantHousesPassword = "AKIYA_PASSWORD";

    /// <param name="gateway">Whose configuration it is.</param>
    /// <param name="contracts">Folder of WSDL and XSD files.</param>
    /// <param name="tax">Address of the property-tax system.</param>
    /// <param name="vacant">Address of the vacant-house system.</param>
    /// <param name="inFolder">Where the vacant-house system expects files.</param>
    public static string Of(Gateway gateway, string contracts, Uri tax, Uri vacant, string inFolder) => $$"""
        {
          "gateway": { "id": "{{gateway.Id}}", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "catalogue": { "folder": "{{Json(contracts)}}" },
          "participants": [
            { "id": "{{PropertyTax}}", "name": "固定資産税システム", "organisationCode": "142051",
              "credentials": { "basic": { "user": "{{PropertyTax}}", "password": "env:{{PropertyTaxPassword}}" } } },
            { "id": "{{VacantHouses}}", "name": "空き家管理システム", "organisationCode": "142051",
              "credentials": { "basic": { "user": "{{VacantHouses}}", "password": "env:{{VacantHousesPassword}}" } } }
          ],
          "interfaces": [
            { "id": "kaoku-shokai", "name": "家屋照会",
              "service": { "name": "HouseLookup", "wsdl": "house.wsdl", "safe": [ "GetHouse", "ListHouses" ] } },
            { "id": "juki-shokai", "name": "住民照会",
              "service": { "name": "ResidentLookup", "wsdl": "resident.wsdl", "safe": [ "GetResident" ] } },
            { "id": "akiya-toroku", "name": "空き家登録", "service": { "name": "VacantHouse", "wsdl": "vacant-house.wsdl" } },
            { "id": "{{FileInterface}}", "name": "家屋データ", "businessUnit": "05", "kinds": [ "full", "change" ] }
          ],
          "destinations": [
            { "id": "kaoku-soap", "kind": "service", "url": "{{tax}}soap/house", "soap": "soap11" },
            { "id": "juki-soap", "kind": "service", "url": "{{tax}}soap/resident", "soap": "soap11" },
            { "id": "akiya-soap", "kind": "service", "url": "{{vacant}}soap/vacant-house", "soap": "soap12" },
            { "id": "akiya-folder", "kind": "folder", "path": "{{Json(inFolder)}}" }
          ],
          "routes": [
            { "origin": "{{VacantHouses}}", "interface": "kaoku-shokai", "receiver": "{{PropertyTax}}", "destination": "kaoku-soap",
              "validation": { "request": "enforce", "response": "enforce" } },
            { "origin": "{{VacantHouses}}", "interface": "juki-shokai", "receiver": "{{PropertyTax}}", "destination": "juki-soap",
              "validation": { "request": "enforce", "response": "enforce" } },
            { "origin": "{{PropertyTax}}", "interface": "akiya-toroku", "receiver": "{{VacantHouses}}", "destination": "akiya-soap",
              "validation": { "request": "enforce" } },
            { "origin": "{{PropertyTax}}", "interface": "{{FileInterface}}", "receiver": "{{VacantHouses}}", "destination": "akiya-folder" }
          ]
        }
        """;

    /// <summary>What a vendor's system is told of the gateway.</summary>
    public static string ForVendor(Gateway gateway, string user, string password) =>
        JsonSerializer.Serialize(new { address = gateway.Address, certificate = gateway.TlsCertificate, user, password });

    static string Json(string path) => JsonEncodedText.Encode(path).ToString();
}
