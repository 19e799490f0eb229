using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Training.Export;

/// <summary>The recordings that an export is calibrated and compared on.</summary>
/// <param name="Calibration">Clips that the run learned from, or those of a corpus that the user names.</param>
/// <param name="Check">Clips that were held out from the run.</param>
public sealed record ExportClips(IReadOnlyList<LoadedClip> Calibration, IReadOnlyList<LoadedClip> Check)
{
    /// <summary>Clips that the run learned from, which tell where its words lie.</summary>
    public IReadOnlyList<LoadedClip> Examples { get; init; } = [];

    private const int MostForCalibration = 300, MostForExamples = 2000, MostForCheck = 2000;

    /// <summary>Reads the clips of the run's own corpus and, where one is named, of another for calibration.</summary>
    /// <param name="run">The run.</param>
    /// <param name="calibration">A corpus for calibration, or null for the run's own.</param>
    /// <param name="threads">Threads that decode. Range: at least 1.</param>
    /// <param name="note">Receives a sentence where the recordings of the run cannot be read; null for nobody.</param>
    /// <param name="others">Further runs that are exported with it, whose training clips are no held-out clips; null for none.</param>
    /// <exception cref="CorpusException">The corpus named for calibration cannot be read.</exception>
    public static ExportClips Read(RunDirectory run, string? calibration = null, int threads = 1, Action<string>? note = null, IReadOnlyList<RunDirectory>? others = null)
    {
        int rate = run.Manifest.Recipe.Features.SampleRate;
        IReadOnlyList<CorpusClip> learned = [], held = [];
        try
        {
            (learned, held) = OwnClips(run.Manifest.Corpus);
        }
        catch (CorpusException e)
        {
            note?.Invoke($"the recordings of the run cannot be read ({e.Message.TrimEnd('.')}), so the model is compared on made sound.");
        }
        var known = (others ?? []).SelectMany(other => other.Manifest.Corpus.TrainingClips).ToHashSet(StringComparer.Ordinal);
        held = [.. held.Where(clip => !known.Contains(PreparedCorpus.ClipId(clip)))];
        var words = learned;
        if (calibration is not null) learned = CorpusReader.Read(calibration).Clips;
        return new ExportClips(Load(learned, MostForCalibration), Load(held, MostForCheck)) { Examples = Load(words, MostForExamples) };

        IReadOnlyList<LoadedClip> Load(IReadOnlyList<CorpusClip> clips, int most) =>
            ClipLoader.Load(Spread(clips, most), rate, threads).Clips;
    }

    private static (IReadOnlyList<CorpusClip> Learned, IReadOnlyList<CorpusClip> Held) OwnClips(RunCorpus own)
    {
        var splits = CorpusSplitter.Split(CorpusReader.Read(own.Source.Path, own.Source.Options), own.Source.Splits);
        return (Of(splits.Train, own.TrainingClips), Of(splits.Validation, own.ValidationClips));

        static CorpusClip[] Of(IReadOnlyList<CorpusClip> clips, IReadOnlyList<string> ids)
        {
            var wanted = ids.ToHashSet(StringComparer.Ordinal);
            return [.. clips.Where(clip => wanted.Contains(PreparedCorpus.ClipId(clip)))];
        }
    }

    /// <summary>At most so many, taken evenly from all.</summary>
    private static CorpusClip[] Spread(IReadOnlyList<CorpusClip> clips, int most)
    {
        int count = Math.Min(most, clips.Count);
        return [.. Enumerable.Range(0, count).Select(i => clips[(int)((long)i * clips.Count / count)])];
    }
}
