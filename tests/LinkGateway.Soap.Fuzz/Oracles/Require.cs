using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Soap.Fuzz.Oracles;

static class Require
{
    public static void That([DoesNotReturnIf(false)] bool holds, string what)
    {
        if (!holds)
            throw new OracleException(what);
    }

    public static void Same(string? expected, string? actual, string what)
    {
        if (expected == actual)
            return;
        expected ??= "(nothing)";
        actual ??= "(nothing)";
        var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new OracleException($"{what}: they differ from character {same} on.\n  {Excerpt(expected, same)}\n  {Excerpt(actual, same)}");
    }

    /// <summary>The result of something that has nothing to wait for, since the source never lets it wait.</summary>
    public static T Finished<T>(ValueTask<T> task)
    {
        That(task.IsCompleted, "It waits although the source has answered.");
        return task.GetAwaiter().GetResult();
    }

    public static void Finished(ValueTask task)
    {
        That(task.IsCompleted, "It waits although the source has answered.");
        task.GetAwaiter().GetResult();
    }

    static string Excerpt(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)].ReplaceLineEndings("\\n");
}
