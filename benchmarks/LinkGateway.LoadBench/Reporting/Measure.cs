namespace LinkGateway.LoadBench.Reporting;

/// <summary>What is measured, and so how it is printed.</summary>
enum Measure
{
    /// <summary>Bytes moved: MB/s, and CPU seconds a GiB.</summary>
    Bytes,

    /// <summary>Calls, transfers or flushes: how many a second, and CPU microseconds each.</summary>
    Calls,

    /// <summary>Something that takes its time once: seconds, and CPU seconds. Less is better.</summary>
    Duration,

    /// <summary>A process that has nothing to do: resident MiB, and percent of one core.</summary>
    Rest,
}
