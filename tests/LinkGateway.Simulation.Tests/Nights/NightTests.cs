using System.Text.RegularExpressions;

namespace LinkGateway.Simulation.Tests.Nights;

/// <summary>Whole nights on virtual time. What one finds is printed with the seed that shows it again.</summary>
public sealed partial class NightTests
{
    [Fact]
    public async Task Two_thousand_nights_end_with_everything_as_promised()
    {
        var (code, output) = await SimulationProgram.RunAsync("--nights", "2000", "--seed", "1");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_nights()
    {
        var first = await HashAsync("100");
        Assert.Equal(first, await HashAsync("100"));
        Assert.NotEqual(first, await HashAsync("101"));
    }

    [Theory]
    [InlineData("skip-fsync")]
    [InlineData("drop-fence")]
    [InlineData("forget-in-doubt")]
    public async Task A_planted_bug_is_found_and_its_night_can_be_seen_again(string plant)
    {
        var (code, found) = await SimulationProgram.RunAsync("--nights", "2000", "--seed", "1", "--plant", plant);
        Assert.True(code == 1, found);
        var seed = Seed().Match(found).Groups[1].Value;

        var (again, replayed) = await SimulationProgram.RunAsync("--nights", "1", "--seed", seed, "--plant", plant);

        Assert.Equal(1, again);
        Assert.Equal(Finding(found), Finding(replayed));
    }

    static async Task<string> HashAsync(string seed)
    {
        var (code, output) = await SimulationProgram.RunAsync("--nights", "50", "--seed", seed);
        Assert.True(code == 0, output);
        return Hash().Match(output).Value;
    }

    static string Finding(string output) => output[output.IndexOf("seed", StringComparison.Ordinal)..];

    [GeneratedRegex("seed ([0-9]+)")]
    private static partial Regex Seed();

    [GeneratedRegex("hash [0-9a-f]{16}")]
    private static partial Regex Hash();
}
