using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace LinkGateway.Benchmarks.Allocations;

/// <summary>One benchmark with one set of parameters, run in this process to count what it allocates.</summary>
sealed class MeasuredBenchmark
{
    const int DefaultPercent = 1;
    const int WarmUps = 4;

    // Enough that one of them meets the journal at its usual pace: chunks that are committed together allocate less than each alone.
    const int Batches = 15;
    const int MostInvocations = 500;

    // Objects are a multiple of it; what is left over is the measuring itself, spread over the invocations.
    const int Word = 8;
    static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    readonly Type _type;
    readonly MethodInfo _method;
    readonly (PropertyInfo Property, object Value)[] _parameters;

    MeasuredBenchmark(Type type, MethodInfo method, (PropertyInfo Property, object Value)[] parameters)
    {
        (_type, _method, _parameters) = (type, method, parameters);
        var stated = string.Join(", ", parameters.Select(parameter => $"{parameter.Property.Name}: {parameter.Value}"));
        Name = $"{type.Name}.{method.Name}" + (stated.Length > 0 ? $"({stated})" : "");
        Percent = (method.GetCustomAttribute<AllocationToleranceAttribute>()
            ?? type.GetCustomAttribute<AllocationToleranceAttribute>())?.Percent ?? DefaultPercent;
    }

    public string Name { get; }

    /// <summary>Percent that it may allocate more than recorded.</summary>
    public int Percent { get; }

    /// <summary>All benchmarks of this assembly but the baselines, which measure other people's code.</summary>
    public static IEnumerable<MeasuredBenchmark> All() =>
        from type in typeof(MeasuredBenchmark).Assembly.GetTypes().OrderBy(type => type.Name, StringComparer.Ordinal)
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is { Baseline: false }
        from parameters in Combinations(type)
        select new MeasuredBenchmark(type, method, parameters);

    /// <summary>
    /// Bytes that one operation allocates: the least of several batches, because what other threads of the process allocate meanwhile
    /// only adds.
    /// </summary>
    public async Task<long> MeasureAsync()
    {
        var instance = Activator.CreateInstance(_type)!;
        foreach (var (property, value) in _parameters) property.SetValue(instance, value);
        await CallAsync<GlobalSetupAttribute>(instance);
        try
        {
            var run = Runner(instance);
            var operations = _method.GetCustomAttribute<BenchmarkAttribute>()!.OperationsPerInvoke;
            await run(WarmUps);
            var started = Stopwatch.GetTimestamp();
            await run(1);
            var one = Stopwatch.GetElapsedTime(started);
            var invocations = (int)Math.Clamp(BatchTime / one, 1, MostInvocations);
            var least = long.MaxValue;
            for (var batch = 0; batch < Batches; batch++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                await run(invocations);
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }
            return least / invocations / operations / Word * Word;
        }
        finally
        {
            await CallAsync<GlobalCleanupAttribute>(instance);
        }
    }

    static IEnumerable<(PropertyInfo Property, object Value)[]> Combinations(Type type)
    {
        IEnumerable<(PropertyInfo Property, object Value)[]> combinations = [[]];
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<ParamsAttribute>() is { } parameters)
                combinations = combinations.SelectMany(
                    _ => parameters.Values, (chosen, value) => ((PropertyInfo, object)[])[.. chosen, (property, value!)]);
        }
        return combinations;
    }

    async Task CallAsync<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        var method = _type.GetMethods().FirstOrDefault(method => method.GetCustomAttribute<TAttribute>() is not null);
        if (method?.Invoke(instance, null) is Task ended)
            await ended;
    }

    // Invoked through a delegate of the method's own type: reflection would allocate for every call.
    Func<int, Task> Runner(object instance)
    {
        if (_method.ReturnType.IsAssignableTo(typeof(Task)))
            return RepeaterOfTask(_method.CreateDelegate<Func<Task>>(instance));
        if (_method.ReturnType == typeof(void))
            throw new NotSupportedException($"{Name} returns nothing: let it return what it computed.");
        var repeater = typeof(MeasuredBenchmark).GetMethod(nameof(Repeater), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(_method.ReturnType);
        var body = _method.CreateDelegate(typeof(Func<>).MakeGenericType(_method.ReturnType), instance);
        return (Func<int, Task>)repeater.Invoke(null, [body])!;
    }

    static Func<int, Task> RepeaterOfTask(Func<Task> body) => async count =>
    {
        for (var i = 0; i < count; i++) await body();
    };

    static Func<int, Task> Repeater<T>(Func<T> body) => count =>
    {
        for (var i = 0; i < count; i++) body();
        return Task.CompletedTask;
    };
}
