namespace Mingling.Corpora;

/// <summary>A corpus of spoken commands: which recordings there are, what is said in them and by whom. No sound is read for it.</summary>
public sealed record Corpus
{
    /// <summary>The absolute path of the folder that names are relative to.</summary>
    public required string Root { get; init; }

    /// <summary>The layout that was found or asked for; never <see cref="CorpusLayout.Auto"/>.</summary>
    public required CorpusLayout Layout { get; init; }

    /// <summary>The pattern of the names in <see cref="CorpusLayout.FileNamePattern"/>, else null.</summary>
    public string? Pattern { get; init; }

    /// <summary>The lists that the splits come from, as absolute paths; empty where there are none.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>The clips of the classes to learn, by name and then start.</summary>
    public required IReadOnlyList<CorpusClip> Clips
    {
        get;
        init
        {
            field = value;
            Classes = [.. value.Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The labels of <see cref="Clips"/> in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; private init; } = [];

    /// <summary>The clips of the classes that <see cref="CorpusOptions.Words"/> leaves out.</summary>
    public IReadOnlyList<CorpusClip> OtherClips { get; init; } = [];

    /// <summary>The noise recordings.</summary>
    public IReadOnlyList<CorpusClip> Noise { get; init; } = [];

    /// <summary>The recordings in which no command is said (<see cref="CorpusOptions.Negatives"/>).</summary>
    public IReadOnlyList<CorpusClip> Negatives { get; init; } = [];

    /// <summary>What was skipped, in the order of finding.</summary>
    public IReadOnlyList<CorpusProblem> Problems { get; init; } = [];

    /// <summary>What was guessed or joined and should be known, with codes and values.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>The sentences of <see cref="Remarks"/>.</summary>
    public IReadOnlyList<string> Warnings => [.. Remarks.Select(remark => remark.Text)];

    /// <summary>How many sound files are in none of the lists, where a list of training files says that only listed ones count.</summary>
    public int UnlistedFiles { get; init; }

    /// <summary>Where no recording of a person is there, synthetic clips judge too, and a warning says what that is worth.</summary>
    internal Corpus JudgedBySynthesisAtWorst() => Clips.Any(clip => !clip.TrainingOnly) ? this : this with
    {
        Clips = [.. Clips.Select(clip => clip with { TrainingOnly = false })],
        OtherClips = [.. OtherClips.Select(clip => clip with { TrainingOnly = false })],
        Remarks = [.. Remarks, new Remark("corpus.synthetic", $"All clips of '{Root}' are synthetic. Voices that were not learned judge the model, and they are more alike than people: record some to know how well it hears them.", ("corpus", Root))],
    };

    /// <summary>The corpus without the clips that are for training alone: what may judge a model.</summary>
    /// <exception cref="CorpusException">Nothing is left.</exception>
    public Corpus WithoutTrainingOnly()
    {
        List<CorpusClip> clips = [.. Clips.Where(clip => !clip.TrainingOnly)];
        return clips.Count > 0
            ? this with { Clips = clips, OtherClips = [.. OtherClips.Where(clip => !clip.TrainingOnly)] }
            : throw new CorpusException($"All clips of '{Root}' are synthetic; a model is judged by recordings of people, so add some.");
    }
}
