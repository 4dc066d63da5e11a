namespace LinkGateway.Cli;

/// <summary>What a command has of the process around it.</summary>
sealed record CliHost
{
    // What no terminal shows, such as a file, is not broken into lines for one.
    const int WideEnough = 400;

    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress and diagnostics.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that a progress bar can be drawn on.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns that a line of <see cref="Out"/> may have.</summary>
    public int OutWidth { get; init; } = WideEnough;

    /// <summary>Whether somebody types on <see cref="Input"/>.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Where a profile is looked for first.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The user's home folder; empty where there is none.</summary>
    public string HomeFolder { get; init; } = "";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The process that runs now.</summary>
    public static CliHost OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Input = Console.OpenStandardInput(),
        Variable = Environment.GetEnvironmentVariable,
        OutWidth = Console.IsOutputRedirected ? WideEnough : Console.WindowWidth,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InputIsTerminal = !Console.IsInputRedirected,
        CurrentFolder = Environment.CurrentDirectory,
        HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    };
}
