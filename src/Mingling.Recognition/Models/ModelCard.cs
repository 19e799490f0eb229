using System.Text.Json.Serialization;
using Mingling.Audio;

namespace Mingling.Recognition.Models;

/// <summary>Everything needed to use the graph of a model, and where it came from. Kept as JSON in the metadata of the ONNX file.</summary>
public sealed record ModelCard
{
    /// <summary>The format of the card that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of this card.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of Mingling that wrote the graph.</summary>
    public required string Version { get; init; }

    /// <summary>The encoder's name, for example <c>tc-resnet8</c>.</summary>
    public required string Encoder { get; init; }

    /// <summary>How the class scores are made.</summary>
    public HeadKind Head { get; init; }

    /// <summary>What the graph takes.</summary>
    public ModelInput Input { get; init; }

    /// <summary>How the graph processes a stream step by step; null, and left out of the JSON, where it takes whole windows only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StreamSteps? Stream { get; init; }

    /// <summary>Whether weights and activations are 8-bit integers.</summary>
    public bool Int8 { get; init; }

    /// <summary>What the output <c>scores</c> holds; always <c>posteriors</c>: probabilities that sum to 1.</summary>
    public string Scores { get; init => field = value ?? "posteriors"; } = "posteriors";

    /// <summary>The front end.</summary>
    public required FeatureSettings Features { get; init; }

    /// <summary>The length of sound that the encoder takes at once, in seconds, 0.1 to 10; clips are fitted by <see cref="ClipLength"/>.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>
    /// How much of the window counts, in seconds at its end, above 0 to <see cref="WindowSeconds"/>: of a clip the loudest stretch of that length
    /// is put there. Null, and left out of the JSON, where all of the window does.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CountedSeconds { get; init; }

    /// <summary>The trained words, at least 2, in the order of the scores.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The size D of the embedding.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>
    /// The mean of the embeddings of clips of each trained word, of which only the direction counts: what new words are compared with.
    /// Empty where they are unknown.
    /// </summary>
    public IReadOnlyDictionary<string, float[]> Prototypes { get; init => field = value ?? new Dictionary<string, float[]>(); } = new Dictionary<string, float[]>();

    /// <summary>Where the words lie, for the scores of streams; null, and left out of the JSON, where posteriors alone count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddingGeometry? Geometry { get; init; }

    /// <summary>How posteriors become scores in streams; null, and left out of the JSON, where the model has not learned what is no command.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BackgroundScore? Background { get; init; }

    /// <summary>
    /// Embeddings of clips of many words, none of which is a command: what an enrolled word must not be taken for. Empty where there are none.
    /// </summary>
    public IReadOnlyList<float[]> Cohort { get; init => field = value ?? []; } = [];

    /// <summary>Words that were enrolled from a few examples.</summary>
    public IReadOnlyList<EnrolledWord> Enrolled { get; init => field = value ?? []; } = [];

    /// <summary>Second looks at commands in streams, by recordings of one person; null, and left out of the JSON, where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CommandVerifier>? Verifiers { get; init; }

    /// <summary>
    /// The lowest posterior at which a clip is recognised as a trained word, 0 to 1, by word. A clip whose most probable word stays below its
    /// threshold is rejected. A word without a threshold is never rejected.
    /// </summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init => field = value ?? new Dictionary<string, double>(); } = new Dictionary<string, double>();

    /// <summary>What the thresholds were measured on; null where they were set by hand or there are none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>What the model learned from.</summary>
    public TrainingNote Training { get; init => field = value ?? new TrainingNote(); } = new();

    /// <summary>The window that clips are fitted into.</summary>
    /// <exception cref="ArgumentException">The settings of the front end are out of range.</exception>
    public ClipWindow ClipWindow() => new(Features, WindowSeconds, CountedSeconds);
}
