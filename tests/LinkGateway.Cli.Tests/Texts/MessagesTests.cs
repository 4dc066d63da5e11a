using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkGateway.Cli.Texts;

public sealed partial class MessagesTests
{
    [Fact]
    public void Both_languages_have_the_same_messages_with_the_same_places_for_values()
    {
        var english = Load(CultureInfo.InvariantCulture);
        var japanese = Load(CultureInfo.GetCultureInfo("ja"));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.All(english, message => Assert.Equal(Places(message.Value), Places(japanese[message.Key])));
    }

    [Theory]
    [InlineData("ja_JP.UTF-8", "", "C", "ja")]
    [InlineData("", "ja_JP.eucJP", "", "ja")]
    [InlineData("", "", "ja_JP.UTF-8", "ja")]
    [InlineData("C.UTF-8", "ja_JP.UTF-8", "ja_JP.UTF-8", "en")]
    [InlineData("", "", "de_DE.UTF-8", "en")]
    public void The_language_follows_the_locale_variables(string all, string messages, string lang, string expected)
    {
        var variables = new Dictionary<string, string> { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = lang };

        Assert.Equal(expected, Language.Choose(variables.GetValueOrDefault).Name);
    }

    [Fact]
    public async Task A_Japanese_locale_brings_Japanese_messages_and_asks_the_gateway_for_them()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Variables["LC_ALL"] = "ja_JP.UTF-8";

        await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Contains("受付済み", bench.Out, StringComparison.Ordinal);
        Assert.Equal("ja", bench.Gateway.LastHeaders["Accept-Language"]);
    }

    [Theory]
    [InlineData("16MiB", 16L << 20)]
    [InlineData("64 kib", 64L << 10)]
    [InlineData("1000", 1000)]
    [InlineData("2GiB", 2L << 30)]
    public void Sizes_are_read_with_and_without_unit(string text, long expected)
    {
        Assert.True(Quantities.TryParseSize(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("16MB")]
    [InlineData("99999999999TiB")]
    public void Other_sizes_are_refused(string text) => Assert.False(Quantities.TryParseSize(text, out _));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("2h", 7_200)]
    [InlineData("1d", 86_400)]
    [InlineData("7", 7)]
    public void Durations_are_read_with_and_without_unit(string text, int seconds)
    {
        Assert.True(Quantities.TryParseDuration(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    static Dictionary<string, string> Load(CultureInfo culture) =>
        Messages.ResourceManager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    static IEnumerable<string> Places(string message) => Place().Matches(message).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Place();
}
