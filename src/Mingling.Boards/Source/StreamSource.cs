using Mingling.Audio;
using Mingling.Boards.Models;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Gating;

namespace Mingling.Boards.Source;

/// <summary>The stream: sizes and times of windows, the gate, decisions, words and their scores, all as the model file says.</summary>
internal sealed class StreamSource
{
    private readonly BoardModel _model;
    private readonly SourceParts _parts;
    private readonly SpotterSettings _settings;
    private readonly WindowTiming _timing;
    private readonly FeatureTables _tables;

    private StreamSource(BoardModel model, SourceParts parts)
    {
        (_model, _parts, _settings) = (model, parts, SpotterSettings.FromCard(model.Card));
        _timing = new WindowTiming(new Sizes(model), new FeatureExtractor(model.Card.Features), _settings);
        _tables = new FeatureTables(model.Card.Features);
    }

    /// <summary>The words, in the order of the scores: trained classes, then enrolled ones.</summary>
    public static IReadOnlyList<string> Words(ModelCard card) => [.. card.Classes, .. card.Enrolled.Select(enrolled => enrolled.Word)];

    /// <summary>Adds definitions and tables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parts">Receives them.</param>
    /// <param name="options">Rate and memory.</param>
    public static void Add(BoardModel model, SourceParts parts, BoardSourceOptions options)
    {
        var source = new StreamSource(model, parts);
        source.Timing();
        source.Frames(options);
        source.Gate();
        source.Decisions();
        source.Scores();
        source.Signs();
        source.Microphone(options.MicrophoneRate);
    }

    private FeatureSettings Features => _model.Card.Features;

    private void Timing()
    {
        _parts.Define("RATE", Features.SampleRate, "of the front end, in hertz");
        _parts.Define("HOP", Features.HopSamples, "samples from frame to frame, and of a block");
        _parts.Define("FRAME_SECONDS", _timing.FrameSeconds);
        _parts.Define("FRAMES", _timing.Frames, "of a window");
        _parts.Define("STEP", _timing.Hop, "frames from window to window");
        _parts.Define("LEAD", _timing.LeadBlocks, "blocks of the room before the first sample");
        _parts.Define("FIRST_BLOCKS", _timing.FirstBlocks, "blocks that fill the first window");
        _parts.Define("TAIL_SECONDS", TailSeconds);
        bool isStepwise = _model.Card.Stream is { } stream && _timing.Hop % stream.Frames == 0 && _timing.Hop <= _timing.Frames;
        _parts.Conditions["STEPWISE"] = isStepwise ? 1 : 0;
        _parts.Define("NETWORK_FRAMES", _model.Program.Frames, "that the network takes at once");
        _parts.Define("WHOLE_FRAMES", _model.WholeFrames, "of a window in whole steps");
    }

    private double TailSeconds => (_settings.TailMs ?? ((500.0 * _model.Window.Samples / Features.SampleRate) + _settings.Decision.SmoothingMs)) / 1000;

    private void Frames(BoardSourceOptions options)
    {
        int hop = Features.HopSamples, first = _tables.FirstSample, window = Features.WindowSamples;
        int settled = Features.Alignment switch
        {
            FrameAlignment.SnipFft => Features.FftSize,
            FrameAlignment.CenteredKaldi => Math.Max(first + window, hop - (hop / 2)),
            _ => first + window,
        };
        _parts.Define("FIRST_SAMPLE", first, "where the first frame begins");
        _parts.Define("SETTLED", settled, "the samples that settle the first frame");
        _parts.Define("MIRROR_REPEATS", Features.Alignment == FrameAlignment.CenteredKaldi ? 1 : 0);
        // The first frame that lies in the sound alone, and how far those before it reach into the sound.
        int leadFrames = Math.Max(0, ((_timing.LeadBlocks * hop) - first + hop - 1) / hop);
        int head = Math.Max(1, first + ((leadFrames - 1) * hop) + window - (_timing.LeadBlocks * hop));
        for (int frame = 0; first + (frame * hop) < 0; frame++) head = Math.Max(head, -(first + (frame * hop)) + 1 - (_timing.LeadBlocks * hop));
        _parts.Define("LEAD_FRAMES", leadFrames, "frames that reach into the lead");
        _parts.Define("HEAD", head, "samples of the sound that these frames reach into");
        _parts.Define("RING", _timing.LeadBlocks + _timing.Frames, "frames that are kept");
        _parts.Define("HISTORY", Math.Max(settled - first + hop - 1, window + hop), "samples that are kept for frames");
        _parts.Define("ROOM_BLOCKS", Math.Min(options.RoomBlocks, _timing.Frames), "quiet blocks that are kept");
        if (options.FeatureSteps > 0) _parts.Define("FEATURE_STEPS", (float)options.FeatureSteps, "of features, in 1");
        _parts.Conditions["FEATURE_STEPS"] = options.FeatureSteps;
    }

    private void Gate()
    {
        var gate = _settings.Gate ?? new GateSettings();
        _parts.Conditions["HAS_GATE"] = _settings.Gate is null ? 0 : 1;
        _parts.Define("LEVELS", _timing.Frames + _timing.Hop + 1, "blocks whose levels are kept");
        _parts.Define("SILENCE_DB", (float)_settings.SilenceDb);
        _parts.Define("MARGIN_DB", (float)gate.MarginDb, "above the noise is sound");
        _parts.Define("RISE_DB", (float)(gate.RiseDbPerSecond * _timing.FrameSeconds), "by which the noise floor rises in a block");
        _parts.Define("HANGOVER", _timing.Hangover, "blocks that the gate stays open");
        _parts.Define("LONGEST_GAP", _timing.LongestGap, "blocks of a pause within a word");
    }

    private void Decisions()
    {
        var decision = _settings.Decision;
        double hopMs = 1000 * _timing.Hop * _timing.FrameSeconds, windowMs = 1000.0 * _model.Window.Samples / Features.SampleRate;
        _parts.Define("SMOOTHING_STEPS", Math.Max(1, (int)Math.Round(decision.SmoothingMs / hopMs)), "windows whose scores are averaged");
        _parts.Define("MAXIMUM_STEPS", Math.Max(1, (int)Math.Round(decision.MaximumMs / hopMs)), "windows whose largest mean is the score");
        _parts.Define("REFRACTORY_STEPS", (int)Math.Ceiling((decision.RefractoryMsFor(windowMs) / hopMs) - 1e-6), "windows until the same word again");
        _parts.Define("OTHER_STEPS", (int)Math.Ceiling((decision.OtherRefractoryMs / hopMs) - 1e-6), "windows until another word");
        var words = Words(_model.Card);
        _parts.Define("CLASSES", words.Count);
        _parts.Define("TRAINED", _model.Card.Classes.Count);
        _parts.Comment($"Classes: {string.Join(", ", words)}. Those in underscores are no commands.");
        _parts.Table<byte>("uint8_t", "is_command", [.. words.Select(word => (byte)(Vocabulary.IsCommand(word) ? 1 : 0))]);
        _parts.Table("thresholds", [.. words.Select(word => (float)decision.For(word).Threshold)]);
        bool isCalibrated = words.Any(word => decision.For(word).FalseAlarmsPerHour is not null);
        _parts.Conditions["CALIBRATED"] = isCalibrated ? 1 : 0;
        if (isCalibrated) _parts.Table("false_alarms_per_hour", [.. words.Select(word => (float)(decision.For(word).FalseAlarmsPerHour ?? -1))]);
    }

    private void Scores()
    {
        var card = _model.Card;
        _parts.Define("EMBEDDING", card.EmbeddingSize);
        if (card.Background is { } background)
        {
            _parts.Conditions["BACKGROUND"] = 1;
            _parts.Define("BACKGROUND_TEMPERATURE", (float)background.Temperature);
        }
        if (card.Geometry is { } geometry)
        {
            var known = card.Classes.Select((word, i) => (Class: i, Direction: geometry.Directions.GetValueOrDefault(word))).Where(word => word.Direction is not null).ToList();
            if (known.Count > 0)
            {
                _parts.Define("GEOMETRY", known.Count, "words whose place among the embeddings is known");
                _parts.Define("GEOMETRY_WEIGHT", (float)geometry.Weight);
                _parts.Table("geometry_mean", geometry.Mean);
                _parts.Table("geometry_whitening", geometry.Whitening);
                _parts.Table<ushort>("uint16_t", "geometry_class", [.. known.Select(word => (ushort)word.Class)]);
                _parts.Table("geometry_directions", [.. known.SelectMany(word => Direction.Normalize(word.Direction))]);
            }
        }
        if (card.Verifiers is { Count: > 0 } verifiers)
        {
            string[] words = [.. Words(card)];
            _parts.Define("VERIFIERS", verifiers.Count, "words that are looked at once more");
            _parts.Table<ushort>("uint16_t", "verifier_class", [.. verifiers.Select(verifier => (ushort)Array.IndexOf(words, verifier.Word))]);
            _parts.Table("verifier_weights", [.. verifiers.SelectMany(verifier => verifier.Weights)]);
            _parts.Table("verifier_bias", [.. verifiers.Select(verifier => (float)verifier.Bias)]);
        }
        if (card.Enrolled.Count == 0) return;
        _parts.Define("ENROLLED", card.Enrolled.Count);
        float[][][] directions = [.. card.Enrolled.Select(word => WordSimilarity.DirectionsOf(word).ToArray())];
        int[] ends = [.. directions.Select((_, word) => directions[..(word + 1)].Sum(own => own.Length))];
        _parts.Comment("The prototypes of one enrolled word after another, and where those of each end.");
        _parts.Table("enrolled_directions", [.. directions.SelectMany(own => own).SelectMany(direction => direction)]);
        _parts.Table<ushort>("uint16_t", "enrolled_ends", [.. ends.Select(end => checked((ushort)end))]);
        _parts.Table("enrolled_thresholds", [.. card.Enrolled.Select(word => (float)word.Threshold)]);
    }

    /// <summary>The signs of the room's blocks: those of RoomTone, a bit each.</summary>
    private void Signs()
    {
        double longestTail = Math.Max(0, (_timing.FirstBlocks - _timing.LeadBlocks) * _timing.FrameSeconds) + TailSeconds;
        int blocks = Math.Max(_timing.LeadBlocks, (int)Math.Ceiling(longestTail / _timing.FrameSeconds) + 2);
        byte[] signs = new byte[(blocks + 7) / 8];
        var random = new Random(1);
        for (int block = 0; block < blocks; block++)
            if (random.Next(2) == 0) signs[block / 8] |= (byte)(1 << (block % 8));
        _parts.Comment("The signs of the blocks of the room, a bit each.");
        _parts.Table<byte>("uint8_t", "room_signs", signs);
    }

    private void Microphone(int rate)
    {
        _parts.Define("MICROPHONE_RATE", rate, "of the samples that are pushed");
        if (rate == Features.SampleRate) return;
        var kernel = PolyphaseKernel.Design(rate, Features.SampleRate, Resampler.DefaultFilterWidth, Resampler.DefaultRolloff);
        _parts.Conditions["RESAMPLES"] = 1;
        _parts.Define("RATE_FROM", kernel.From);
        _parts.Define("RATE_TO", kernel.To);
        _parts.Define("TAPS", kernel.Taps, "samples that one at the other rate is made of");
        _parts.Comment("The filter between the rates, one row for each phase.");
        _parts.Table<short>("int16_t", "resampler_first", [.. Enumerable.Range(0, kernel.To).Select(phase => checked((short)(kernel.FirstTap(phase))))]);
        _parts.Table("resampler_weights", kernel.Coefficients);
    }

    /// <summary>What <see cref="WindowTiming"/> asks of a model.</summary>
    private sealed class Sizes(BoardModel model) : IPosteriorModel
    {
        public IReadOnlyList<string> Classes => Words(model.Card);

        public FeatureSettings Features => model.Card.Features;

        public int WindowSamples => model.Window.Samples;

        public int EmbeddingSize => model.Card.EmbeddingSize;

        public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding) => throw new NotSupportedException();
    }
}

/// <summary>What the source is made for.</summary>
/// <param name="MicrophoneRate">The rate of the samples that are pushed, in hertz.</param>
/// <param name="RoomBlocks">The quiet blocks that are kept.</param>
/// <param name="FeatureSteps">Steps of stored features in 1; 0 where they are floats.</param>
internal sealed record BoardSourceOptions(int MicrophoneRate, int RoomBlocks, int FeatureSteps);
