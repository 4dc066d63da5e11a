using System.Reflection;
using System.Text.RegularExpressions;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Tests.Errors;

public sealed partial class ErrorCatalogueTests
{
    public static TheoryData<ErrorEntry> Entries => [.. Fields()];

    [Fact]
    public void Codes_are_unique_and_all_are_listed_in_order()
    {
        var codes = Fields().Select(entry => entry.Code).ToList();

        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), ErrorCatalogue.All.Keys);
        Assert.Equal(codes.Count, ErrorCatalogue.All.Count);
    }

    [Theory, MemberData(nameof(Entries))]
    public void A_code_has_the_form_LG_nnnn_and_tells_the_side(ErrorEntry entry)
    {
        Assert.Matches("^LG-[1-9][0-9]{3}$", entry.Code);
        var side = entry.Code[3] switch { '5' => FaultSide.Gateway, '6' => FaultSide.Receiver, _ => FaultSide.Sender };
        Assert.Equal(side, entry.Side);
    }

    [Theory, MemberData(nameof(Entries))]
    public void Both_languages_are_there_and_use_the_same_placeholders(ErrorEntry entry)
    {
        Assert.Matches("^[\\x20-\\x7E]+$", entry.English);
        Assert.Matches("[\\p{IsHiragana}\\p{IsKatakana}]", entry.Japanese);
        Assert.Equal(Placeholders(entry.English), Placeholders(entry.Japanese));
        Assert.Equal(Enumerable.Range(0, Placeholders(entry.English).Count).Select(i => $"{{{i}}}"), Placeholders(entry.English));
    }

    [Fact]
    public void A_refusal_says_its_values_in_both_languages()
    {
        var refusal = new Refusal(ErrorCatalogue.LimitExceeded, "The manifest", "limits.rootBytes", "4194304");

        Assert.Equal("LG-4001: The manifest exceeds the limit limits.rootBytes = 4194304.", refusal.ToString());
        Assert.Equal("The manifest が上限 limits.rootBytes = 4194304 を超えています。", refusal.Error.Text(refusal.Arguments, japanese: true));
    }

    static IEnumerable<ErrorEntry> Fields() => typeof(ErrorCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<ErrorEntry>();

    static List<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex("\\{[0-9]\\}")]
    private static partial Regex Placeholder();
}
