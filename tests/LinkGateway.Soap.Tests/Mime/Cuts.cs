namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Ways to cut a message into reads.</summary>
public static class Cuts
{
    public static IEnumerable<int> Of(int size)
    {
        while (true)
            yield return size;
    }

    public static IEnumerable<int> Whole => Of(int.MaxValue);

    public static IEnumerable<int> Random(int seed, int max = 97)
    {
        var random = new Random(seed);
        while (true)
            yield return 1 + random.Next(max);
    }
}
