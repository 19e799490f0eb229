using System.Security.Cryptography;
using Mingling.Studio.Folders;
using Mingling.Studio.Imports;
using Mingling.Studio.Jobs;
using Mingling.Studio.Models;

namespace Mingling.Studio.Api;

/// <summary>What the endpoints of one studio share.</summary>
internal sealed class StudioWork : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    private readonly Func<RuntimeState>? _runtime;

    /// <param name="folder">The folder.</param>
    /// <param name="command">The command that jobs are run by.</param>
    /// <param name="samples">The folder of the sample corpus; null where there is none.</param>
    /// <param name="version">The version that the page shows.</param>
    /// <param name="runtime">Looks whether trainings can begin; null where nothing can be missing.</param>
    public StudioWork(StudioFolder folder, IReadOnlyList<string> command, string? samples, string version, Func<RuntimeState>? runtime)
    {
        (Folder, Samples, Version, _runtime) = (folder, samples, version, runtime);
        Takes = new TakeMeasurements();
        Imports = new ImportStages(folder);
        Jobs = new JobRunner(command, new JobStore(folder));
        Runs = new RunShelf(folder, Jobs);
        Models = new ModelShelf(folder);
        Thresholds = new ThresholdFinder(folder, Models);
        Exports = new ModelExports(folder, Models, Jobs);
    }

    /// <summary>Whether trainings can begin; null where nothing can be missing.</summary>
    public RuntimeState? Runtime => _runtime?.Invoke();

    public string? Samples { get; }
    public string Version { get; }
    public StudioFolder Folder { get; }
    public TakeMeasurements Takes { get; }
    public ImportStages Imports { get; }
    public JobRunner Jobs { get; }
    public RunShelf Runs { get; }
    public ModelShelf Models { get; }
    public ThresholdFinder Thresholds { get; }
    public ModelExports Exports { get; }

    /// <summary>What was said of takes that came lately, by their own numbers: a page that got no answer sends one again.</summary>
    public RecentAnswers<Take> RecentTakes { get; } = new();

    /// <summary>Streams of live pages at once.</summary>
    public SemaphoreSlim LivePlaces { get; } = new(16);

    /// <summary>What a page must know to change something; drawn anew by each server.</summary>
    public string AntiForgeryToken { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Cancelled when the server stops, so that live pages do not keep it.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Cancel();
        Jobs.Dispose();
        Models.Dispose();
        LivePlaces.Dispose();
        _stopping.Dispose();
    }
}
