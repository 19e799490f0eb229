using Mingling.Audio;
using Mingling.Training.Encoders;
using Mingling.Training.Models;

namespace Mingling.Training.Data;

/// <summary>
/// What an encoder hears of a clip in training, and when it decides. One that takes whole windows hears one and decides at its end. One that
/// listens step by step hears the sound before it too, where it is trained on running sound, and decides at each step.
/// </summary>
internal sealed class HeardWindow
{
    /// <summary>The label of a decision that teaches nothing.</summary>
    public const long Ignored = -100;

    /// <summary>Every so many decisions about other speech one teaches: neighbors tell the same.</summary>
    private const int Spacing = 4;

    private const double PartKnownAsNone = 0.4;

    private readonly int _stepSamples;

    /// <summary>What is heard of clips, with one decision.</summary>
    public HeardWindow(ClipWindow clip) => (Clip, Sound, Counted) = (clip, clip, clip.Counted);

    /// <summary>What a model hears in its training.</summary>
    public HeardWindow(CommandModel model) : this(model.Window)
    {
        if (model.Recipe.Negatives.Ratio == 0 || model.Encoder is not StreamingEncoder streaming) return;
        var features = Clip.Features;
        _stepSamples = streaming.StepFrames * features.HopSamples;
        // As far back as the running mean counts.
        Sound = new ClipWindow(features, model.Recipe.WindowSeconds + (double)StreamingEncoder.MeanSteps * _stepSamples / features.SampleRate);
        Decisions = streaming.WindowsOf(Sound.Frames, Clip.Frames);
    }

    /// <summary>The window whose sound one embedding tells.</summary>
    public ClipWindow Clip { get; }

    /// <summary>All that is heard, which ends as the window does.</summary>
    public ClipWindow Sound { get; }

    /// <summary>How many samples at the end make the embedding; those before them are its past.</summary>
    public int Counted { get; }

    /// <summary>The number of decisions, of which the last is at the end.</summary>
    public int Decisions { get; } = 1;

    /// <summary>Writes the label of each decision.</summary>
    /// <param name="said">What is said when.</param>
    /// <param name="label">The class of the clip.</param>
    /// <param name="unknown">The class <c>_unknown_</c>.</param>
    /// <param name="labels">Receives <see cref="Decisions"/> labels.</param>
    public void Label(SaidWhen said, long label, long unknown, Span<long> labels)
    {
        labels.Fill(Ignored);
        labels[^1] = label;
        if (said.IsAtEndAlone) return;
        if (said == SaidWhen.Always)
        {
            for (int i = labels.Length - 1; i >= 0; i -= Spacing) labels[i] = label;
            return;
        }
        for (int i = labels.Length - 1; i >= 0; i--)
        {
            int time = Sound.Samples - (labels.Length - 1 - i) * _stepSamples;
            if (time >= said.End) labels[i] = label;
            // While its first part is said a word is not known yet.
            else if (time <= said.Start + PartKnownAsNone * (said.End - said.Start))
            {
                labels[i] = unknown;
                return;
            }
        }
    }
}

/// <summary>When in a stretch of sound its word is said.</summary>
/// <param name="Start">The first sample.</param>
/// <param name="End">The sample after the last.</param>
internal readonly record struct SaidWhen(int Start, int End)
{
    /// <summary>Only the last decision is known.</summary>
    public static SaidWhen AtEnd { get; } = new(-1, -1);

    /// <summary>The label holds all the time.</summary>
    public static SaidWhen Always { get; } = new(int.MinValue / 2, int.MinValue / 2);

    public bool IsAtEndAlone => this == AtEnd;
}
