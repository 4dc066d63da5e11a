using System.Security.Cryptography;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>The passwords of the participants, made anew for each run and handed over in environment variables of these names.</summary>
static class Passwords
{
    public const string OfOrigin = "KAOKU_PASSWORD";
    public const string OfStranger = "KOSEKI_PASSWORD";
    public const string OfReceiver = "AKIYA_PASSWORD";
    public const string OfA = "GW_A_PASSWORD";
    public const string OfB = "GW_B_PASSWORD";
    public const string OfOperator = "TOUBAN_PASSWORD";

    public static readonly IReadOnlyDictionary<string, string> Environment =
        new[] { OfOrigin, OfStranger, OfReceiver, OfA, OfB, OfOperator }
            .ToDictionary(name => name, _ => RandomNumberGenerator.GetHexString(32));
}
