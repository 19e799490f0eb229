using Mingling.Corpora;

namespace Mingling.Experiments.Evaluation;

/// <summary>Noise to judge a model in.</summary>
/// <param name="Files">The recordings.</param>
/// <param name="Options">Ratios and seed.</param>
public sealed record NoiseRecordings(IReadOnlyList<string> Files, NoiseOptions Options)
{
    /// <summary>Whether some of the recordings lie in a folder, such as that of the noise that a run learned with.</summary>
    /// <param name="folder">The folder; null where there is none.</param>
    public bool LieIn(string? folder) => folder is not null && Files.Any(file => Path.GetFullPath(file)
        .StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>Reads the recordings; what cannot be used is named and left out.</summary>
    /// <param name="sampleRate">The rate in hertz.</param>
    /// <param name="settings">How they are read.</param>
    /// <exception cref="CorpusException">None can be used, or one cannot and the settings are strict.</exception>
    public IReadOnlyList<float[]> Load(int sampleRate, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        CorpusClip[] recordings = [.. Files.Select(file => new CorpusClip(Path.GetFullPath(file), file, CorpusClip.NoiseLabel))];
        var loaded = ClipLoader.Load(recordings, sampleRate, settings.Threads, settings.Strict);
        var silent = loaded.Clips.Where(clip => !clip.Samples.AsSpan().ContainsAnyExcept(0f))
            .Select(clip => new CorpusProblem(clip.Clip.Name, "is silent and no noise")).ToList();
        if (loaded.Clips.Count == silent.Count) throw new CorpusException($"there is no noise to judge in: {loaded.Problems.Concat(silent).First()}");
        settings.Skipped([.. loaded.Problems, .. silent]);
        return [.. loaded.Clips.Select(clip => clip.Samples).Where(samples => samples.AsSpan().ContainsAnyExcept(0f))];
    }
}
