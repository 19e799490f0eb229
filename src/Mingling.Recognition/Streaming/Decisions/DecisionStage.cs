using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming.Decisions;

/// <summary>
/// Turns posteriors, one set for each step, into decisions. In every step
/// (1) the posteriors enter the buffers, always;
/// (2) the candidate is the command with the largest mean among those whose mean passes their own threshold and lies the gap above
///     that of every other command;
/// (3) it is reported when it was the candidate in <see cref="DecisionSettings.AgreeingSteps"/> steps in a row, and neither its own refractory
///     time nor the shorter one after another command runs. Refractory times block the report only: a candidate that may not be reported
///     again still keeps weaker ones from being reported.
/// Nothing is decided before the smoothing span is full. A step allocates nothing. For one thread at a time.
/// </summary>
public sealed class DecisionStage
{
    private readonly ScoreBuffers _scores;
    private readonly float[] _thresholds;
    private readonly long[] _decidedAt;
    private readonly float _gap;
    private readonly int _agreeing;
    private readonly int _refractory;
    private readonly int _otherRefractory;
    private int _candidate;
    private int _agreed;
    private long _lastDecision;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="classes">The class names in the order of the posteriors, at least one of them a command.</param>
    /// <param name="settings">When to decide.</param>
    /// <param name="hopMs">The time from one step to the next in milliseconds, above 0.</param>
    /// <param name="windowMs">The window of the model that gives the posteriors, in milliseconds; 1000 by default.</param>
    /// <exception cref="ArgumentException">
    /// The settings are wrong, name a command that the classes have not, or no class is a command; the message says which.
    /// </exception>
    public DecisionStage(IReadOnlyList<string> classes, DecisionSettings settings, double hopMs, double windowMs = 1000)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (!(hopMs > 0)) throw new ArgumentOutOfRangeException(nameof(hopMs), hopMs, "The time between two steps is above 0 ms.");
        foreach (var own in settings.Thresholds)
        {
            if (!classes.Contains(own.Command) || !Vocabulary.IsCommand(own.Command))
                throw new ArgumentException($"There is a threshold for '{own.Command}', which is no command of the model.", nameof(settings));
        }

        if (!classes.Any(Vocabulary.IsCommand)) throw new ArgumentException("The model has no command to decide for.", nameof(classes));
        Settings = settings;
        HopMs = hopMs;
        Classes = classes;
        SmoothingSteps = Math.Max(1, (int)Math.Round(settings.SmoothingMs / hopMs));
        _scores = new ScoreBuffers(classes.Count, SmoothingSteps, Math.Max(1, (int)Math.Round(settings.MaximumMs / hopMs)));
        _thresholds = [.. classes.Select(name => Vocabulary.IsCommand(name) ? (float)settings.For(name).Threshold : float.PositiveInfinity)];
        _decidedAt = new long[classes.Count];
        _gap = (float)settings.Gap;
        _agreeing = settings.AgreeingSteps;
        // Rounding must not add a step.
        _refractory = (int)Math.Ceiling((settings.RefractoryMsFor(windowMs) / hopMs) - 1e-6);
        _otherRefractory = (int)Math.Ceiling((settings.OtherRefractoryMs / hopMs) - 1e-6);
        Reset();
    }

    /// <summary>The settings.</summary>
    public DecisionSettings Settings { get; }

    /// <summary>The class names, in the order of the posteriors.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The time from one step to the next in milliseconds.</summary>
    public double HopMs { get; }

    /// <summary>How many steps are averaged.</summary>
    public int SmoothingSteps { get; }

    /// <summary>The smoothed posteriors after the last step, one for each class.</summary>
    public ReadOnlySpan<float> Smoothed => _scores.Mean;

    /// <summary>The candidate of the last step; −1 where there is none.</summary>
    internal int CandidateClass => _candidate;

    /// <summary>Whether the candidate of the last step was reported, or would have been but for a refractory time.</summary>
    internal bool IsCandidateReady => _candidate >= 0 && _agreed >= _agreeing;

    /// <summary>Adds the posteriors of the next step.</summary>
    /// <param name="posteriors">One for each class, 0…1.</param>
    /// <param name="decision">The decision, where there is one.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentException">There are not as many posteriors as classes, or one is not a number.</exception>
    public bool TryDecide(ReadOnlySpan<float> posteriors, out Decision decision)
    {
        Check(posteriors);
        decision = default;
        long step = _scores.Count;
        _scores.Add(posteriors);
        int candidate = _scores.IsFull ? Candidate(_scores.Mean) : -1;
        _agreed = candidate < 0 ? 0 : candidate == _candidate ? _agreed + 1 : 1;
        _candidate = candidate;
        if (candidate < 0 || _agreed < _agreeing || IsGated(candidate, step)) return false;

        decision = new Decision(candidate, _scores.Maximum(candidate, _decidedAt[candidate] + 1), step);
        _decidedAt[candidate] = _lastDecision = step;
        return true;
    }

    /// <summary>Discards all steps so far.</summary>
    public void Reset()
    {
        _scores.Reset();
        (_candidate, _agreed, _lastDecision) = (-1, 0, Never);
        _decidedAt.AsSpan().Fill(Never);
    }

    // Far enough back for every refractory time, and not so far that a difference overflows.
    private const long Never = long.MinValue / 2;

    private bool IsGated(int candidate, long step) =>
        step - _decidedAt[candidate] < _refractory || step - _lastDecision < _otherRefractory;

    private int Candidate(ReadOnlySpan<float> mean)
    {
        int best = -1;
        for (int c = 0; c < mean.Length; c++)
        {
            if (mean[c] >= _thresholds[c] && (best < 0 || mean[c] > mean[best])) best = c;
        }

        return best >= 0 && _gap > 0 && HasRival(mean, best) ? -1 : best;
    }

    private bool HasRival(ReadOnlySpan<float> mean, int best)
    {
        for (int c = 0; c < mean.Length; c++)
        {
            if (c != best && !float.IsPositiveInfinity(_thresholds[c]) && mean[best] - mean[c] < _gap) return true;
        }

        return false;
    }

    private void Check(ReadOnlySpan<float> posteriors)
    {
        if (posteriors.Length != _thresholds.Length)
            throw new ArgumentException($"There are {posteriors.Length} posteriors for {_thresholds.Length} classes; give one for each.", nameof(posteriors));
        for (int c = 0; c < posteriors.Length; c++)
        {
            if (!float.IsFinite(posteriors[c]))
                throw new ArgumentException($"The posterior of '{Classes[c]}' is not a finite number; the model is damaged or was given such features.", nameof(posteriors));
        }
    }
}

/// <summary>A decision that a command was said.</summary>
/// <param name="Class">The number of the class.</param>
/// <param name="Score">The largest smoothed posterior of the command in the recent past, 0…1.</param>
/// <param name="Step">The number of the posteriors that decided, counted from 0.</param>
public readonly record struct Decision(int Class, float Score, long Step);
