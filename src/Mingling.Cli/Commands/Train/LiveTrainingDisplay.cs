using System.Diagnostics;
using Mingling.Cli.Display;
using Mingling.Training.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mingling.Cli.Commands;

/// <summary>A table of the epochs that grows while the training runs, with the present epoch's progress below.</summary>
internal sealed class LiveTrainingDisplay : TrainingDisplay
{
    private const int RowsShown = 12;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly List<EpochReport> _epochs = [];
    private readonly List<string> _warnings = [];
    private readonly Stopwatch _sinceDrawn = Stopwatch.StartNew();
    private readonly object _gate = new();
    private readonly ManualResetEventSlim _finished = new();
    private Task? _live;
    private LiveDisplayContext? _context;
    private TrainingStart? _start;
    private StepReport? _step;

    public override void Started(TrainingStart start)
    {
        _start = start;
        AnsiConsole.WriteLine(Intro(start));
        using var ready = new ManualResetEventSlim();
        _live = Task.Run(() => AnsiConsole.Live(Draw()).Start(context =>
        {
            _context = context;
            ready.Set();
            _finished.Wait();
            lock (_gate) context.UpdateTarget(Draw());
        }));
        ready.Wait();
    }

    public override void StepDone(StepReport step)
    {
        _step = step;
        if (_sinceDrawn.Elapsed < RedrawEvery) return;
        Redraw();
    }

    public override void EpochDone(EpochReport epoch)
    {
        _epochs.Add(epoch);
        Redraw();
    }

    public override void Warned(string sentence)
    {
        _warnings.Add(sentence);
        Redraw();
    }

    public override void Dispose()
    {
        _finished.Set();
        _live?.Wait();
        _finished.Dispose();
    }

    private void Redraw()
    {
        lock (_gate) _context?.UpdateTarget(Draw());
        _sinceDrawn.Restart();
    }

    private Rows Draw()
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns(["epoch", "loss", .. Parts, "training", "validation", "clips/s"]);
        foreach (var column in table.Columns) column.RightAligned();
        foreach (var epoch in _epochs.TakeLast(RowsShown))
        {
            string validation = Percent(epoch.ValidationAccuracy);
            table.AddRow([$"{epoch.Epoch}", $"{epoch.Loss.Total:0.0000}", .. Parts.Select(part => $"{epoch.Loss[part]:0.0000}"),
                Percent(epoch.TrainingAccuracy), epoch.Best ? $"[green]{validation}[/]" : validation, $"{epoch.ClipsPerSecond:N0}"]);
        }
        return new Rows([table, .. _warnings.Select(warning => new Markup($"[yellow]{Cell.Of(warning)}[/]")), Progress()]);
    }

    /// <summary>The parts of the loss, where it has more than one.</summary>
    private string[] Parts => _epochs is [.., { Loss.Parts: { Count: > 1 } parts }] ? [.. parts.Select(part => part.Name)] : [];

    private IRenderable Progress()
    {
        if (_step is null || _start is null) return new Text("preparing …");
        double done = (_step.Epoch - _start.FirstEpoch) + (double)_step.Step / _step.Steps, all = _start.Epochs - _start.FirstEpoch + 1;
        const int width = 40;
        int filled = (int)Math.Round(width * done / all);
        string left = _epochs.Count == 0 ? "" : Left(all - done, _epochs.Average(epoch => epoch.Seconds)) + " left";
        return new Markup($"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/] epoch {_step.Epoch}/{_start.Epochs}, "
            + $"step {_step.Step}/{_step.Steps}, {_step.ClipsPerSecond:N0} clips/s  {left}");
    }
}
