using System.CommandLine;
using System.Text;
using Mingling.Cli.Host;
using Mingling.Studio.Folders;
using Mingling.Studio.Jobs;

namespace Mingling.Cli.Commands;

/// <summary>
/// The process of a job of the studio: commands one after another, as a user would give them, what they print in a file. It does not need the
/// studio that started it. Not for users.
/// </summary>
internal static class StudioJobCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var command = new Command(JobRunner.Command, "Does a job of the studio.") { Hidden = true };
        Argument<string> folder = new("DIR") { Description = "Folder of the jobs." };
        Argument<string> id = new("ID") { Description = "The job." };
        command.Arguments.Add(folder);
        command.Arguments.Add(id);
        command.SetAction(parsed => Run(new JobFiles(parsed.GetValue(folder)!, parsed.GetValue(id)!)));
        return command;
    }

    /// <summary>How this program is started: the program, and what comes before its arguments.</summary>
    public static IReadOnlyList<string> Self()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the program does not know its own path");
        // Started as 'dotnet mingling.dll', the process is dotnet.
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(StudioJobCommand).Assembly.Location] : [program];
    }

    private static int Run(JobFiles files)
    {
        using var held = files.TakeLock(Patience);
        if (files.ReadJob() is not { } job) return CommandLine.Failure;
        using var log = new StreamWriter(new FileStream(files.Log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite), new UTF8Encoding(false)) { AutoFlush = true };
        var complaints = new LastComplaint(log);
        Console.SetOut(log);
        Console.SetError(complaints);
        using var stop = new CancellationTokenSource();
        using var watch = new Timer(_ => StopIfAsked(files, stop), null, LookEvery, LookEvery);
        for (int step = files.ReadProgress().Step; step < job.Steps.Count; step++)
        {
            Exception? failure = null;
            int code = CommandLine.Run(RootCommands.Create(), [.. job.Steps[step]], e => failure = e, stop.Token);
            if (stop.IsCancellationRequested) return CommandLine.Failure;
            if (code != CommandLine.Success)
            {
                files.Write(new JobProgress(step, complaints.Last ?? $"the command ended with code {code}") { Cause = failure is null ? null : PageRemark.Of(failure) });
                return code;
            }
            files.Write(new JobProgress(step + 1, null));
        }
        return CommandLine.Success;
    }

    private static void StopIfAsked(JobFiles files, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested || !File.Exists(files.Stop)) return;
        stop.Cancel();
        // What does not listen is ended; files are written whole or not at all.
        var end = new Thread(() =>
        {
            Thread.Sleep(Patience);
            Environment.Exit(CommandLine.Failure);
        })
        { IsBackground = true };
        end.Start();
    }

    /// <summary>Writes to the log, and remembers the last sentence about what is wrong.</summary>
    private sealed class LastComplaint(TextWriter log) : TextWriter
    {
        private const string Complaint = "mingling: ", Note = "mingling: note: ";
        private readonly StringBuilder _line = new();

        public string? Last { get; private set; }

        public override Encoding Encoding => log.Encoding;

        public override void Write(char value)
        {
            log.Write(value);
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            string line = _line.ToString().TrimEnd();
            _line.Clear();
            if (line.StartsWith(Complaint, StringComparison.Ordinal) && !line.StartsWith(Note, StringComparison.Ordinal)) Last = line[Complaint.Length..];
        }
    }
}
