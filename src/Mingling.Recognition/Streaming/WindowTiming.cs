using Mingling.Audio;
using Mingling.Recognition.Streaming.Gating;

namespace Mingling.Recognition.Streaming;

/// <summary>Which frames form which window, and when the window is complete.</summary>
internal sealed class WindowTiming
{
    private readonly FeatureSettings _features;
    private readonly int _windowSamples;
    private readonly double _marginMs;
    private readonly double? _tailMs;

    public WindowTiming(IPosteriorModel model, FeatureExtractor extractor, SpotterSettings settings)
    {
        int frames = extractor.FrameCount(model.WindowSamples);
        _features = model.Features;
        _windowSamples = model.WindowSamples;
        if (frames < 1)
            throw new ArgumentException($"A window of {model.WindowSamples} samples has no frame of {_features.WindowSamples}.", nameof(model));
        Frames = frames;
        Hop = Math.Max(1, (int)Math.Round(settings.HopMs / _features.HopMs));
        Hangover = (int)Math.Ceiling((settings.Gate?.HangoverMs ?? 0) / _features.HopMs);
        FirstBlocks = BlocksFor(frames, extractor);
        _tailMs = settings.TailMs;
        _marginMs = (500.0 * _windowSamples / _features.SampleRate) + settings.Decision.SmoothingMs;
        // Whole intervals, so that the windows lie where they would lie without a lead.
        LeadBlocks = Hop * (int)Math.Ceiling((settings.LeadMs ?? _marginMs) / _features.HopMs / Hop);
    }

    /// <summary>Frames of a window.</summary>
    public int Frames { get; }

    /// <summary>Frames from one window to the next.</summary>
    public int Hop { get; }

    /// <summary>Frames that the gate stays open.</summary>
    public int Hangover { get; }

    /// <summary>The time from one frame to the next.</summary>
    public double FrameSeconds => _features.HopMs / 1000;

    /// <summary>The longest pause within a word, in frames.</summary>
    public int LongestGap => (int)(SpeechLevels.LongestGapSeconds / FrameSeconds);

    /// <summary>The blocks of a frame's hop that complete the first window, and so those of a stream that must be there before it is judged.</summary>
    public int FirstBlocks { get; }

    /// <summary>The blocks of background sound before the beginning of a stream, whole intervals.</summary>
    public int LeadBlocks { get; }

    /// <summary>The number of the window that ends with the last of <paramref name="frames"/> frames; negative where none does.</summary>
    public long StepOf(long frames) => frames >= Frames && (frames - Frames) % Hop == 0 ? (frames - Frames) / Hop : -1;

    /// <summary>Whether a window is complete after <paramref name="blocks"/> blocks of a frame's hop, those of the lead among them.</summary>
    public bool IsDue(long blocks) => blocks >= FirstBlocks && (blocks - FirstBlocks) % Hop == 0;

    /// <summary>
    /// The end of the sound that a window needs; a frame centred on the last sample of the window reaches beyond it. Windows that begin in the
    /// lead wait for the first one that lies within the stream.
    /// </summary>
    public double Time(long step) => (FirstBlocks + Math.Max(0, (step * Hop) - LeadBlocks)) * FrameSeconds;

    /// <summary>The samples to add after a stream: the tail, what the first window lacks, and a block to complete the last one.</summary>
    public int TailSamples(double duration)
    {
        double seconds = (_tailMs ?? _marginMs) / 1000;
        double lacking = Math.Max(0, ((FirstBlocks - LeadBlocks) * FrameSeconds) - duration);
        return (int)Math.Ceiling((lacking + seconds) * _features.SampleRate) + _features.HopSamples;
    }

    /// <summary>After how many blocks of a frame's hop the front end has computed this many frames.</summary>
    private static int BlocksFor(int frames, FeatureExtractor extractor)
    {
        var stream = new FeatureStream(extractor);
        float[] frame = new float[extractor.Bins];
        float[] block = new float[extractor.Settings.HopSamples];
        int blocks = 0;
        while (stream.FramesRead < frames)
        {
            if (stream.TryRead(frame)) continue;
            stream.Write(block);
            blocks++;
        }

        return blocks;
    }
}
