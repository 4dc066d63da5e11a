using LinkGateway.Soap.Fuzz.Corpus;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Fuzz.Oracles;
using LinkGateway.Soap.Fuzz.Running;
using LinkGateway.Soap.Operations;
using Xunit.Abstractions;

namespace LinkGateway.Soap.Tests.Fuzz;

/// <summary>The short form of the fuzzer; tests/LinkGateway.Soap.Fuzz is the long one.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    const int Executions = 20_000;

    public static TheoryData<string> Corpus => [.. Messages.All.Select(message => message.Name)];

    [Fact]
    public void Whatever_comes_is_read_alike_however_it_is_cut_or_refused_by_name()
    {
        var tally = new Tally();
        output.WriteLine($"Seed {FuzzOptions.DefaultSeed}, {Executions} executions.");
        var failure = new Fuzzer(FuzzOptions.DefaultSeed, Execution.Run).Run(Executions, Environment.ProcessorCount, tally);
        foreach (var (kind, count) in tally.Counts)
            output.WriteLine($"{count,8}  {kind}");
        Assert.True(failure is null, $"{failure}\nThe message is in {failure?.Dump()}");
        Assert.Empty(tally.NeverReached);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Every_message_of_the_corpus_is_accepted(string name)
    {
        var message = Messages.All.Single(message => message.Name == name);
        var tally = new Tally();
        Execution.Run(message, MessageLimits.Default, new Chance(1, 1), tally);
        Assert.Contains(tally.Counts, count => count.Key == "accepted as SOAP");
    }

    [Fact]
    public void An_execution_of_a_seed_can_be_repeated_alone()
    {
        for (var execution = 0; execution < 200; execution++)
        {
            var once = Mutator.Message(new Chance(7, execution));
            var again = Mutator.Message(new Chance(7, execution));
            Assert.Equal((once.Name, once.ContentType, once.Text), (again.Name, again.ContentType, again.Text));
        }
    }

    [Fact]
    public void A_failure_names_the_execution_that_fails_again_when_run_alone()
    {
        var fuzzer = new Fuzzer(7, (message, _, _) => Assert.NotEqual("fault 1.1", message.Name));
        var failure = fuzzer.Run(10_000, 2, new Tally());
        Assert.NotNull(failure);
        Assert.Equal("fault 1.1", failure.Message.Name);
        Assert.Equal(failure.Message.Text, fuzzer.RunOne(failure.Execution, new Tally())?.Message.Text);
        Assert.Contains($"--seed 7 --execution {failure.Execution}", failure.ToString(), StringComparison.Ordinal);
    }
}
