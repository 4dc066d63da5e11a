using Microsoft.Extensions.Logging.Console;

namespace LinkGateway.Server.Logging;

/// <summary>The log on standard output, one line an entry: for people, or as JSON for collectors.</summary>
static class ConsoleLog
{
    const string Time = "yyyy-MM-ddTHH:mm:ss.fffzzz ";

    public static void Add(ILoggingBuilder logging, bool asJson)
    {
        // The frameworks' own chatter says nothing that our events do not.
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // It logs nothing at these levels, but for a logger that listens an activity is made for each request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (asJson)
            logging.AddJsonConsole(console => console.TimestampFormat = Time.TrimEnd());
        else
            logging.AddSimpleConsole(ConfigureText);
    }

    static void ConfigureText(SimpleConsoleFormatterOptions console)
    {
        console.SingleLine = true;
        console.TimestampFormat = Time;
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    }
}
