using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Finds why words were missed: decides on the track once more and looks at what happened at their places.</summary>
internal sealed class MissFinder
{
    private readonly PosteriorTrack _track;
    private readonly DecisionSettings _settings;
    private readonly int _smoothing;
    private readonly int[] _candidates;
    private readonly bool[] _isReady;

    public MissFinder(PosteriorTrack track, DecisionSettings settings)
    {
        (_track, _settings) = (track, settings);
        (_candidates, _isReady) = (new int[track.Steps], new bool[track.Steps]);
        var stage = new DecisionStage(track.Classes, settings, track.HopMs, track.WindowMs);
        _smoothing = stage.SmoothingSteps;
        for (int step = 0; step < track.Steps; step++)
        {
            stage.TryDecide(track[step], out _);
            (_candidates[step], _isReady[step]) = (stage.CandidateClass, stage.IsCandidateReady);
        }
    }

    /// <summary>The causes of all missed words.</summary>
    public IReadOnlyList<Miss> Find(StreamMatch match) => [.. match.Missed.Select(word => Find(match, word))];

    private Miss Find(StreamMatch match, WordInterval word)
    {
        int @class = _track.Classes.Index().First(c => c.Item == word.Word).Index;
        (int first, int end) = Place(match.Settings, word);
        float threshold = (float)_settings.For(word.Word).Threshold;
        float score = 0;
        bool passes = false, isReady = false, leads = false;
        for (int step = first; step < end; step++)
        {
            float mean = Mean(step, @class);
            score = Math.Max(score, mean);
            passes |= step + 1 >= _smoothing && mean >= threshold;
            leads |= _candidates[step] == @class;
            isReady |= _candidates[step] == @class && _isReady[step];
        }

        if (match.Late.FirstOrDefault(late => ReferenceEquals(late.Interval, word)).Detection is { } late) return new(word, MissCause.Late, score, late);
        if (match.Wrong.FirstOrDefault(wrong => ReferenceEquals(wrong.Interval, word)).Detection is { } other) return new(word, MissCause.OtherWord, score, other);
        var cause = isReady ? MissCause.Refractory
            : passes && !leads ? MissCause.OtherWord
            : !passes && !IsEvaluatedLongEnough(first, end) ? MissCause.GateShut
            : MissCause.BelowThreshold;
        return new(word, cause, score, null);
    }

    /// <summary>The steps at which an event would have been a hit.</summary>
    private (int First, int End) Place(MatchSettings settings, WordInterval word)
    {
        int first = _track.FirstStepFrom(word.Start - settings.EarlySeconds - 1), end = first;
        while (first < _track.Steps && !settings.HasBegun(word, _track.TimeOf(first))) first++;
        for (end = first; end < _track.Steps && settings.Covers(word, _track.TimeOf(end));) end++;
        return (first, end);
    }

    /// <summary>The smoothed posterior, as <see cref="DecisionStage"/> computes it.</summary>
    private float Mean(int step, int @class)
    {
        int from = Math.Max(0, step + 1 - _smoothing);
        double sum = 0;
        for (int i = from; i <= step; i++) sum += _track[i][@class];
        return (float)(sum / (step + 1 - from));
    }

    private bool IsEvaluatedLongEnough(int first, int end)
    {
        int inRow = 0;
        for (int step = Math.Max(0, first + 1 - _smoothing); step < end; step++)
        {
            inRow = _track.IsEvaluated(step) ? inRow + 1 : 0;
            if (inRow >= _smoothing && step >= first) return true;
        }

        return false;
    }
}
