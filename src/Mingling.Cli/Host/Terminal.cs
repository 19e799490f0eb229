using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Mingling.Cli.Host;

/// <summary>Where the command writes: how wide it is, and that nothing of a user's files commands it (<see cref="ShownText"/>).</summary>
internal static class Terminal
{
    private const int HelpWidth = 80, PipeWidth = 200, Narrowest = 40, Widest = 1000;

    /// <summary>The width that the environment states (COLUMNS); null where it states none.</summary>
    private static int? StatedWidth =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0
            ? Math.Clamp(columns, Narrowest, Widest)
            : null;

    /// <summary>Makes outputs and help ready.</summary>
    public static void Prepare(RootCommand root)
    {
        var output = new TerminalOutput(Console.Out);
        var known = AnsiConsole.Profile.Capabilities;
        Console.SetOut(new ShownWriter(Console.Out));
        Console.SetError(new ShownWriter(Console.Error));
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = known.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = (ColorSystemSupport)known.ColorSystem,
            Interactive = known.Interactive ? InteractionSupport.Yes : InteractionSupport.No,
        });
        AnsiConsole.Console.Pipeline.Attach(new ShownHook());
        // Where no terminal says how wide it is, paths and sentences stay on one line.
        if (StatedWidth is { } stated) AnsiConsole.Profile.Width = stated;
        else if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = PipeWidth;
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help) help.MaxWidth = StatedWidth ?? (Console.IsOutputRedirected ? HelpWidth : Math.Max(Narrowest, output.Width));
        }
    }

    /// <summary>The terminal, or the pipe or file in its place, as it is.</summary>
    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => !Console.IsOutputRedirected;

        public int Width => Size(() => Console.WindowWidth, HelpWidth);

        public int Height => Size(() => Console.WindowHeight, 24);

        public void SetEncoding(Encoding encoding) => Console.OutputEncoding = encoding;

        private static int Size(Func<int> read, int otherwise)
        {
            try
            {
                return read() is > 0 and var size ? size : otherwise;
            }
            catch (IOException)
            {
                return otherwise;
            }
        }
    }
}
