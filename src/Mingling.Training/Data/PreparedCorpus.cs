using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;

namespace Mingling.Training.Data;

/// <summary>A corpus made ready for training: opened, split, decoded. What could not be read is named.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Splits">Its splits.</param>
/// <param name="Data">The decoded clips of training and validation.</param>
/// <param name="Problems">What was skipped.</param>
public sealed record PreparedCorpus(Corpus Corpus, CorpusSplits Splits, TrainingData Data, IReadOnlyList<CorpusProblem> Problems)
{
    /// <summary>Opens, splits and decodes a corpus.</summary>
    /// <param name="source">Where it is and how to read it.</param>
    /// <param name="sampleRate">The front end's rate in hertz.</param>
    /// <param name="threads">Threads that decode. Range: at least 1.</param>
    /// <param name="cancellation">Stops the decoding.</param>
    /// <exception cref="CorpusException">The corpus cannot be used.</exception>
    public static PreparedCorpus Load(CorpusSource source, int sampleRate, int threads = 1, CancellationToken cancellation = default) =>
        Load(source, new DecodedFiles(sampleRate), threads, hearsOthers: false, cancellation);

    /// <summary>As the other overload; the files tell how often each was decoded, and where other sound is heard too, one command suffices.</summary>
    internal static PreparedCorpus Load(CorpusSource source, DecodedFiles files, int threads, bool hearsOthers, CancellationToken cancellation)
    {
        var corpus = CorpusReader.Read(source.Path, source.Options);
        var splits = CorpusSplitter.SplitDecoding(corpus, source.Splits with { Parallelism = threads }, files.ReadNative);
        bool strict = source.Options.Strict;
        var train = ClipLoader.Load(splits.Train, files, threads, strict, cancellation);
        var validation = ClipLoader.Load(splits.Validation, files, threads, strict, cancellation);
        var noise = ClipLoader.Load(corpus.Noise, files, threads, strict, cancellation);
        var negatives = ClipLoader.Load(corpus.Negatives, files, threads, strict, cancellation);

        string[] classes = [.. train.Clips.Select(clip => clip.Clip.Label).Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length == 0) throw new CorpusException(new Remark("train.nothing-readable", $"There are no training clips in '{source.Path}' that can be read.", ("path", source.Path)));
        if (classes.Length == 1 && !hearsOthers)
            throw new CorpusException(new Remark("train.one-word", $"There are training clips of only one class in '{source.Path}', '{classes[0]}'; a model needs at least two to tell apart, or a recipe that hears other sound too, such as room.", ("word", classes[0])));
        var known = classes.ToHashSet(StringComparer.Ordinal);
        var data = new TrainingData(classes, train.Clips, [.. validation.Clips.Where(clip => known.Contains(clip.Clip.Label))],
            [.. noise.Clips.Select(clip => clip.Samples)])
        {
            Negatives = [.. negatives.Clips.Select(clip => clip.Samples)],
            NegativeNames = [.. negatives.Clips.Select(clip => clip.Clip.Name)],
        };
        return new PreparedCorpus(corpus, splits, data, [.. corpus.Problems, .. train.Problems, .. validation.Problems, .. noise.Problems, .. negatives.Problems]);
    }

    /// <summary>Whether the name by which a run remembers a clip is that of one of an added corpus.</summary>
    internal static bool IsOfAdded(string id) => id[(id.IndexOf('|') + 1)..].StartsWith('+');

    /// <summary>The name by which a run remembers a clip.</summary>
    public static string ClipId(LoadedClip clip) => ClipId(clip.Clip);

    /// <inheritdoc cref="ClipId(LoadedClip)"/>
    public static string ClipId(CorpusClip clip) =>
        $"{clip.Label}|{clip.Name}{(clip.StartSeconds is null && clip.EndSeconds is null ? "" : $"@{clip.StartSeconds}-{clip.EndSeconds}")}";
}
