using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class NameTemplateTests
{
    static readonly NameTemplateValues Values = new("家屋.csv", "20260401-1", "142051-kaoku", "kaoku-ido", "142051-akiya", "d1", 2);

    [Theory]
    [InlineData("{fileName}", "家屋.csv")]
    [InlineData("{origin}_{interface}_{receiver}", "142051-kaoku_kaoku-ido_142051-akiya")]
    [InlineData("{transferId}_{deliveryId}_{replay}.csv", "20260401-1_d1_2.csv")]
    [InlineData("fixed.csv", "fixed.csv")]
    public void Placeholders_are_replaced(string template, string name) => Assert.Equal(name, Parse(template).Expand(Values).Value);

    [Theory]
    [InlineData("")]
    [InlineData("{unknown}")]
    [InlineData("{fileName")]
    [InlineData("fileName}")]
    [InlineData("{0}")]
    [InlineData("{}")]
    [InlineData("sub/{fileName}")]
    [InlineData("..\\{fileName}")]
    [InlineData("C:{fileName}")]
    public void A_template_with_unknown_placeholders_or_separators_is_refused(string template) =>
        Assert.False(NameTemplate.TryParse(template, out _, out _));

    [Theory]
    [InlineData("../../etc/passwd", "_._.._etc_passwd")]
    [InlineData(".linkgw", "_linkgw")]
    [InlineData("/abs", "_abs")]
    [InlineData("a\\b:c", "a_b_c")]
    [InlineData("a\0b\nc", "a_b_c")]
    [InlineData("a.csv. . ", "a.csv")]
    [InlineData("{replay}", "{replay}")]
    [InlineData("𠮷.csv", "𠮷.csv")]
    public void Whatever_the_values_hold_the_name_stays_in_the_folder(string fileName, string name) =>
        Assert.Equal(name, Parse("{fileName}").Expand(Values with { FileName = fileName }).Value);

    [Theory]
    [InlineData("CON")]
    [InlineData("nul.csv")]
    [InlineData("Com1.txt")]
    public void Device_names_of_windows_are_made_harmless(string fileName) =>
        Assert.Equal("_" + fileName, Parse("{fileName}").Expand(Values with { FileName = fileName }).Value);

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("_a", Parse("{fileName}").Expand(Values with { FileName = "\uD800a" }).Value);

    [Fact]
    public void A_name_that_would_be_empty_or_too_long_is_refused()
    {
        Assert.Equal("LG-1003", Parse("{fileName}").Expand(Values with { FileName = "" }).Refusal!.Code);
        Assert.Equal("LG-1003", Parse("{fileName}").Expand(Values with { FileName = ".." }).Refusal!.Code);
        Assert.Equal("LG-1003", Parse("{fileName}").Expand(Values with { FileName = new string('家', 67) }).Refusal!.Code);
        Assert.True(Parse("{fileName}").Expand(Values with { FileName = new string('家', 66) }).Succeeded);
    }

    static NameTemplate Parse(string text) =>
        NameTemplate.TryParse(text, out var template, out var problem) ? template : throw new FormatException(problem);
}
