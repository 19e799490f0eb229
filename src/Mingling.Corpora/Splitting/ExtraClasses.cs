using Mingling.Audio;

namespace Mingling.Corpora.Splitting;

/// <summary>Draws the clips of the unknown and the silence class, as in Google Speech Commands.</summary>
internal sealed class ExtraClasses
{
    private readonly SplitOptions _options;
    private readonly List<(CorpusClip Clip, double Seconds)> _noise = [];
    private readonly List<Remark> _warnings = [];

    private ExtraClasses(SplitOptions options) => _options = options;

    /// <summary>Adds to each split its clips of unknown words and of silence, in shares of the wanted ones.</summary>
    /// <param name="splits">The wanted clips.</param>
    /// <param name="others">The clips of unwanted words, divided like the wanted ones.</param>
    /// <param name="noise">The noise recordings; their excerpts may fall into any split.</param>
    /// <param name="options">Shares and seed.</param>
    /// <param name="read">Reads a file at its own rate.</param>
    public static CorpusSplits Add(CorpusSplits splits, CorpusSplits others, IReadOnlyList<CorpusClip> noise, SplitOptions options, Func<CorpusClip, AudioClip> read)
    {
        if (options is { UnknownShare: 0, SilenceShare: 0 })
            return splits;
        var extra = new ExtraClasses(options);
        if (options.SilenceShare > 0)
            extra.OpenNoise(noise, read);
        return splits with
        {
            Train = extra.With(splits, others, Split.Train),
            Validation = extra.With(splits, others, Split.Validation),
            Test = extra.With(splits, others, Split.Test),
            Remarks = [.. splits.Remarks, .. extra._warnings],
        };
    }

    private List<CorpusClip> With(CorpusSplits splits, CorpusSplits others, Split split)
    {
        var wanted = splits.Of(split);
        // Every split has a chance of its own, so that the size of one does not change the clips of another.
        var random = new Random(unchecked(_options.Seed * 31 + 1 + (int)split));
        return [.. wanted, .. Unknown(wanted.Count, others.Of(split), split, random), .. Silence(wanted.Count, random)];
    }

    private List<CorpusClip> Unknown(int wanted, IReadOnlyList<CorpusClip> others, Split split, Random random)
    {
        int count = (int)Math.Ceiling(_options.UnknownShare * wanted);
        if (count > others.Count)
        {
            _warnings.Add(new Remark("corpus.few-others", $"There are only {others.Count} clips of other words for {SplitWarnings.Name(split)}; "
                + $"{count} were to stand for unknown words.", ("n", others.Count), ("side", SplitWarnings.Side(split)), ("wanted", count)));
        }
        int[] order = Enumerable.Range(0, others.Count).ToArray();
        random.Shuffle(order);
        return [.. order.Take(count).Order().Select(i => others[i] with { Label = CorpusClip.UnknownLabel })];
    }

    private List<CorpusClip> Silence(int wanted, Random random)
    {
        int count = (int)Math.Ceiling(_options.SilenceShare * wanted);
        var clips = new List<CorpusClip>(count);
        for (int i = 0; i < count; i++)
        {
            var (noise, seconds) = _noise[random.Next(_noise.Count)];
            double start = random.NextDouble() * Math.Max(0, seconds - _options.SilenceSeconds);
            clips.Add(noise with
            {
                Label = CorpusClip.SilenceLabel,
                StartSeconds = start,
                EndSeconds = Math.Min(start + _options.SilenceSeconds, seconds),
                Gain = (float)(random.NextDouble() * _options.SilenceMaximumGain),
            });
        }
        return clips;
    }

    private void OpenNoise(IReadOnlyList<CorpusClip> noise, Func<CorpusClip, AudioClip> read)
    {
        double[] seconds = new double[noise.Count];
        var problems = ClipDecoder.ForEach(
            noise,
            read,
            (i, sound) => seconds[i] = sound.Duration.TotalSeconds,
            _options.Parallelism,
            strict: false,
            CancellationToken.None);
        _noise.AddRange(noise.Zip(seconds).Where(entry => entry.Second > 0));
        _warnings.AddRange(problems.Select(problem => problem.Remark));
        if (_noise.Count == 0)
        {
            throw new CorpusException(
                "Silence needs recordings of noise, and there are none that can be read; "
                + $"put some into a folder {CorpusClip.NoiseLabel} or name a folder of noise.");
        }
    }
}
