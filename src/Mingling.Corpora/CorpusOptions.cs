namespace Mingling.Corpora;

/// <summary>How <see cref="Layouts.CorpusReader.Read"/> reads a corpus.</summary>
public sealed record CorpusOptions
{
    /// <summary>The layout. Default <see cref="CorpusLayout.Auto"/>: found out.</summary>
    public CorpusLayout Layout { get; init; } = CorpusLayout.Auto;

    /// <summary>
    /// The pattern of the file names, such as <c>{label}_{speaker}_{index}.wav</c>. Default null: found out where the layout
    /// needs one. Given, it makes <see cref="CorpusLayout.FileNamePattern"/> the layout.
    /// </summary>
    /// <remarks>
    /// <c>{label}</c> (required) is as long as it can be, <c>{speaker}</c> does not hold the characters that stand next to it
    /// in the pattern, <c>{index}</c> is digits, <c>{split}</c> is a name such as train, val or test, and <c>{*}</c> is
    /// anything; none of them crosses a <c>/</c>. A pattern with a <c>/</c> is held against the whole path below the corpus
    /// (<c>{label}/{speaker}_NO_{index}.wav</c>), one without against the name of the file alone. Without an ending the pattern
    /// takes every sound file. Files that do not fit are problems.
    /// </remarks>
    public string? Pattern { get; init; }

    /// <summary>
    /// The list of training files: CSV (<c>file,class</c>) or text with one path a line. Paths in it are relative to the corpus
    /// or to the list's folder. Default null: the corpus' own list, if there is one. Naming any list turns off the search for
    /// the corpus' own lists, and overrides the splits that a manifest gives. A list that does not exist or gives no clip throws.
    /// </summary>
    public string? TrainList { get; init; }

    /// <summary>The list of validation files; see <see cref="TrainList"/>.</summary>
    public string? ValidationList { get; init; }

    /// <summary>The list of test files; see <see cref="TrainList"/>.</summary>
    public string? TestList { get; init; }

    /// <summary>
    /// The classes to learn; the others become <see cref="Corpus.OtherClips"/>, from which the unknown class can be drawn.
    /// Default empty: all classes.
    /// </summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// A folder of noise recordings, beside those in a folder <c>_background_noise_</c> of the corpus. Default null: none.
    /// </summary>
    public string? NoiseFolder { get; init; }

    /// <summary>
    /// Recordings in which no command is said, and folders of them: other speech, of any language and length, for training alone. Default
    /// empty: none.
    /// </summary>
    public IReadOnlyList<string> Negatives { get; init; } = [];

    /// <summary>
    /// Further corpora, such as synthetic speech, whose clips are for training alone. Their words are those of the corpus, or
    /// <see cref="CorpusClip.UnknownLabel"/>; clips of words that <see cref="Words"/> leaves out join the other clips. Default empty.
    /// </summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Whether a missing or broken file or row throws instead of being skipped and counted. Default false.</summary>
    public bool Strict { get; init; }
}
