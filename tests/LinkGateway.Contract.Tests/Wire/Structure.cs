using System.Collections;
using System.Reflection;

namespace LinkGateway.Contract.Tests.Wire;

/// <summary>Compares messages field by field: records compare their lists and byte arrays by reference.</summary>
static class Structure
{
    /// <summary>Fails with the path of the first field that differs.</summary>
    public static void AssertEqual(object? expected, object? actual, string path = "")
    {
        if (expected is IEnumerable expectedItems and not string && actual is IEnumerable actualItems)
        {
            var (left, right) = (expectedItems.Cast<object?>().ToList(), actualItems.Cast<object?>().ToList());
            Assert.True(left.Count == right.Count, $"{path}: {right.Count} items instead of {left.Count}");
            for (var i = 0; i < left.Count; i++) AssertEqual(left[i], right[i], $"{path}[{i}]");
        }
        else if (expected is not null && actual is not null && Fields(expected.GetType()) is { Length: > 0 } fields)
        {
            foreach (var field in fields) AssertEqual(field.GetValue(expected), field.GetValue(actual), $"{path}.{field.Name}");
        }
        else
        {
            Assert.True(Equals(expected, actual), $"{path}: {actual ?? "null"} instead of {expected ?? "null"}");
        }
    }

    // Only the records of messages have settable properties; digests and the like are values.
    static PropertyInfo[] Fields(Type type) => type.Namespace!.StartsWith("LinkGateway.Contract", StringComparison.Ordinal)
        ? [.. type.GetProperties().Where(property => property.CanWrite)]
        : [];
}
