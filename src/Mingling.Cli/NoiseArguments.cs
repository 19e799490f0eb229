using System.CommandLine;
using System.Globalization;
using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;

namespace Mingling.Cli;

/// <summary>The arguments by which a model is judged in noise.</summary>
internal sealed class NoiseArguments
{
    private const double Lowest = -30, Highest = 60;

    private readonly Option<string[]> _noise = new Option<string[]>("--noise")
    {
        Description = "Evaluate also in noise from these recordings, or folders of them; use noise that was not in the training.",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    private readonly Option<string> _snr = new Option<string>("--snr")
    {
        Description = "With --noise: signal-to-noise ratios in decibels, separated by commas.",
        DefaultValueFactory = _ => string.Join(',', new NoiseOptions().SnrsDb),
        HelpName = "DB",
    }.NotEmpty();

    public NoiseArguments(Command command)
    {
        foreach (var option in Options) command.Options.Add(option);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [_noise, _snr];

    /// <summary>Whether noise is wanted.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_noise) is { Length: > 0 };

    /// <summary>The noise to judge in; null where that was not asked for.</summary>
    /// <exception cref="UsageException">A ratio is no number or out of range, one is given without noise, or there are no sound files.</exception>
    public Noise? Read(ParseResult parsed, ulong seed)
    {
        if (IsGiven(parsed)) return new Noise(SoundFiles.Find(parsed.GetValue(_noise)!), new NoiseOptions { SnrsDb = Ratios(parsed.GetValue(_snr)!), Seed = seed });
        return parsed.GetResult(_snr) is { Implicit: false } ? throw new UsageException($"{_snr.Name} goes with {_noise.Name}.") : null;
    }

    private double[] Ratios(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double ratio) && ratio is >= Lowest and <= Highest
            ? ratio
            : throw new UsageException($"{_snr.Name} takes decibels from {Lowest} to {Highest}, separated by commas, not '{text}'.")).Distinct()];

    /// <summary>Noise to judge in.</summary>
    /// <param name="Files">The recordings.</param>
    /// <param name="Options">Ratios and seed.</param>
    internal sealed record Noise(string[] Files, NoiseOptions Options)
    {
        /// <summary>Tells where the noise is that a run learned with.</summary>
        /// <param name="learned">The folder of the run's noise, or null.</param>
        public void WarnOfLearned(string? learned)
        {
            if (learned is not null && Files.Any(file => Path.GetFullPath(file).StartsWith(Path.TrimEndingDirectorySeparator(learned) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                CommandLine.Complain($"note: the run learned with the noise of {learned}, so the figures in it are too good.");
        }

        /// <summary>Reads the recordings; what cannot be used is named and left out.</summary>
        /// <exception cref="CorpusException">None can be used, or one cannot and <paramref name="strict"/> is set.</exception>
        public IReadOnlyList<float[]> Load(int sampleRate, bool strict)
        {
            CorpusClip[] recordings = [.. Files.Select(file => new CorpusClip(Path.GetFullPath(file), file, CorpusClip.NoiseLabel))];
            var loaded = ClipLoader.Load(recordings, sampleRate, Environment.ProcessorCount, strict);
            var silent = loaded.Clips.Where(clip => !clip.Samples.AsSpan().ContainsAnyExcept(0f))
                .Select(clip => new CorpusProblem(clip.Clip.Name, "is silent and no noise")).ToList();
            if (loaded.Clips.Count == silent.Count) throw new CorpusException($"there is no noise to judge in: {loaded.Problems.Concat(silent).First()}");
            CorpusNotes.Print([.. loaded.Problems, .. silent]);
            return [.. loaded.Clips.Select(clip => clip.Samples).Where(samples => samples.AsSpan().ContainsAnyExcept(0f))];
        }
    }
}
