using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.Corpora.Inspection;

/// <summary>
/// What a corpus holds and what is wrong with it; made by <see cref="CorpusInspector"/>. Clips are named by their paths below
/// the root.
/// </summary>
public sealed record CorpusInspection
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The absolute path of the corpus.</summary>
    public required string Root { get; init; }

    /// <summary>How the corpus says what is in it.</summary>
    public required CorpusLayout Layout { get; init; }

    /// <summary>The pattern of the names, where the layout is one.</summary>
    public string? Pattern { get; init; }

    /// <summary>The lists that the splits come from, as absolute paths.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>The number of clips that can be read.</summary>
    public required int Clips { get; init; }

    /// <summary>How many of them are synthetic, and so for training alone.</summary>
    public required int SyntheticClips { get; init; }

    /// <summary>The length of all of them together, in seconds.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>The number of noise recordings.</summary>
    public required int NoiseFiles { get; init; }

    /// <summary>The number of sound files that the corpus' lists leave out.</summary>
    public required int UnlistedFiles { get; init; }

    /// <summary>The classes in ordinal order.</summary>
    public required IReadOnlyList<ClassInspection> Classes { get; init; }

    /// <summary>The speakers in ordinal order; empty where none is known.</summary>
    public required IReadOnlyList<SpeakerInspection> Speakers { get; init; }

    /// <summary>The number of clips whose speaker is unknown.</summary>
    public required int ClipsWithoutSpeaker { get; init; }

    /// <summary>How many clips have which sample rate, in hertz.</summary>
    public required IReadOnlyDictionary<int, int> SampleRates { get; init; }

    /// <summary>How many clips are stored how, such as "PCM 16".</summary>
    public required IReadOnlyDictionary<string, int> Encodings { get; init; }

    /// <summary>How many clips have how many channels; all are mixed down to one.</summary>
    public required IReadOnlyDictionary<int, int> Channels { get; init; }

    /// <summary>How loud the clips are.</summary>
    public required LevelInspection Levels { get; init; }

    /// <summary>The clips in which nothing can be heard: 98 % of their samples are below −60 dBFS.</summary>
    public required IReadOnlyList<string> SilentClips { get; init; }

    /// <summary>The clips that are shorter than 0.1 s, too short for a word.</summary>
    public IReadOnlyList<string> ShortClips { get; init; } = [];

    /// <summary>The clips that are longer than 4 s, much longer than a word.</summary>
    public IReadOnlyList<string> LongClips { get; init; } = [];

    /// <summary>What is odd about files that were read all the same, such as a header that disagrees with its content, one sentence each.</summary>
    public IReadOnlyList<string> OddFiles { get; init; } = [];

    /// <summary>Groups of clips with equal samples.</summary>
    public required IReadOnlyList<DuplicateGroup> Duplicates { get; init; }

    /// <summary>What was skipped: files that cannot be read, rows and entries that make no sense.</summary>
    public required IReadOnlyList<CorpusProblem> Problems { get; init; }

    /// <summary>The splits; null where the corpus was inspected without any.</summary>
    public SplitInspection? Splits { get; init; }

    /// <summary>What a trained model finds in it; null, and not in the JSON, where none was asked (see <c>ModelInspector</c> of Mingling.Experiments).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelInspection? Model { get; init; }

    /// <summary>What should be known or mended before training, with codes and values; not in the JSON, which has the sentences.</summary>
    [JsonIgnore]
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>The sentences of <see cref="Remarks"/>.</summary>
    public IReadOnlyList<string> Warnings => [.. Remarks.Select(remark => remark.Text)];

    /// <summary>The inspection as indented JSON with camel-case names; letters of all scripts stand as they are.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>One class.</summary>
/// <param name="Label">The class.</param>
/// <param name="Clips">The number of clips that can be read.</param>
/// <param name="Speakers">The number of known speakers.</param>
/// <param name="ShortestSeconds">The length of the shortest clip.</param>
/// <param name="MedianSeconds">The median of the lengths.</param>
/// <param name="LongestSeconds">The length of the longest clip.</param>
/// <param name="Train">The number of clips for training.</param>
/// <param name="Validation">The number of clips for validation.</param>
/// <param name="Test">The number of clips for the test.</param>
public sealed record ClassInspection(
    string Label,
    int Clips,
    int Speakers,
    double ShortestSeconds,
    double MedianSeconds,
    double LongestSeconds,
    int Train,
    int Validation,
    int Test);

/// <summary>One speaker.</summary>
/// <param name="Name">The speaker.</param>
/// <param name="Clips">The number of clips that can be read.</param>
/// <param name="Classes">The number of classes that the speaker says.</param>
/// <param name="Splits">The splits that the speaker is in; one, if figures are to hold for new speakers.</param>
public sealed record SpeakerInspection(string Name, int Clips, int Classes, IReadOnlyList<Split> Splits);

/// <summary>The levels of a corpus. Silent clips do not count.</summary>
/// <param name="MedianRmsDb">The median of the clips' root mean squares in dBFS; null where all clips are silent.</param>
/// <param name="QuietClips">The clips that are more than 20 dB below the median.</param>
/// <param name="LoudClips">The clips that are more than 20 dB above the median.</param>
/// <param name="ClippedClips">The clips of which more than one sample in a thousand is clipped.</param>
/// <param name="DcOffsetClips">The clips whose mean is further than 0.01 from zero.</param>
public sealed record LevelInspection(
    double? MedianRmsDb,
    IReadOnlyList<string> QuietClips,
    IReadOnlyList<string> LoudClips,
    IReadOnlyList<string> ClippedClips,
    IReadOnlyList<string> DcOffsetClips);

/// <summary>Clips with equal rate and samples.</summary>
/// <param name="Clips">The clips, at least two.</param>
/// <param name="AcrossSplits">Whether they are in more than one split, so that figures are too good.</param>
/// <param name="AcrossClasses">Whether they are in more than one class, so that at least one label is wrong.</param>
public sealed record DuplicateGroup(IReadOnlyList<string> Clips, bool AcrossSplits, bool AcrossClasses);

/// <summary>
/// How a corpus is divided: the clips of its classes that can be read, and unknown words and silence as they were drawn.
/// </summary>
/// <param name="Train">The number of clips for training.</param>
/// <param name="Validation">The number of clips for validation.</param>
/// <param name="Test">The number of clips for the test.</param>
/// <param name="TrainSpeakers">The number of known speakers in training.</param>
/// <param name="ValidationSpeakers">The number of known speakers in validation.</param>
/// <param name="TestSpeakers">The number of known speakers in the test.</param>
/// <param name="SharedSpeakers">The speakers in more than one split, in ordinal order.</param>
public sealed record SplitInspection(
    int Train, int Validation, int Test, int TrainSpeakers, int ValidationSpeakers, int TestSpeakers, IReadOnlyList<string> SharedSpeakers);
