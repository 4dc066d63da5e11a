using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.QuickStart;

/// <summary>The two configurations of the sample: the tax office's side sends, the housing office's side receives.</summary>
static class Configurations
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Interface = "kaoku-ido";
    public const string OriginPassword = "KAOKU_PASSWORD";
    public const string GatewayPassword = "GW_A_PASSWORD";

    /// <summary>Gateway A: takes the file from the property-tax system and forwards it to gateway B.</summary>
    public static string OfA(Gateway a, Gateway b) => $$"""
        {
          "gateway": { "id": "{{a.Id}}", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "receipts": { "trust": [ { "gateway": "{{b.Id}}", "certificates": [ "{{Json(b.ReceiptCertificate)}}" ] } ] },
          "participants": [
            { "id": "{{Origin}}", "name": "家屋評価システム", "kind": "system", "organisationCode": "142051",
              "credentials": { "basic": { "user": "{{Origin}}", "password": "env:{{OriginPassword}}" } } },
            { "id": "{{Receiver}}", "name": "空き家管理システム", "kind": "system", "organisationCode": "142051" }
          ],
          "interfaces": [ { "id": "{{Interface}}", "name": "家屋データ", "businessUnit": "05", "kinds": [ "full", "change" ] } ],
          "destinations": [
            { "id": "to-{{b.Id}}", "kind": "gateway", "url": "{{b.Address}}/batch", "gateway": "{{b.Id}}",
              "credentials": { "basic": { "user": "{{a.Id}}", "password": "env:{{GatewayPassword}}" } },
              "trustedCertificates": [ "{{Json(b.TlsCertificate)}}" ] }
          ],
          "routes": [ { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "to-{{b.Id}}" } ]
        }
        """;

    /// <summary>Gateway B: takes what A forwards and publishes it in the housing system's folder.</summary>
    public static string OfB(Gateway a, Gateway b, string inFolder) => $$"""
        {
          "gateway": { "id": "{{b.Id}}", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "receipts": { "trust": [ { "gateway": "{{a.Id}}", "certificates": [ "{{Json(a.ReceiptCertificate)}}" ] } ] },
          "participants": [
            { "id": "{{a.Id}}", "name": "税務側ゲートウェイ", "kind": "gateway", "mayForwardFor": [ "{{Origin}}" ],
              "credentials": { "basic": { "user": "{{a.Id}}", "password": "env:{{GatewayPassword}}" } } },
            { "id": "{{Origin}}", "name": "家屋評価システム", "kind": "system", "organisationCode": "142051" },
            { "id": "{{Receiver}}", "name": "空き家管理システム", "kind": "system", "organisationCode": "142051" }
          ],
          "interfaces": [ { "id": "{{Interface}}", "name": "家屋データ", "businessUnit": "05", "kinds": [ "full", "change" ] } ],
          "destinations": [ { "id": "akiya-folder", "kind": "folder", "path": "{{Json(inFolder)}}" } ],
          "routes": [ { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "akiya-folder" } ]
        }
        """;

    static string Json(string path) => System.Text.Json.JsonEncodedText.Encode(path).ToString();
}
