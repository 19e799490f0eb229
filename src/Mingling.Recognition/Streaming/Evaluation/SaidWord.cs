namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>A word that was said, and the event that was given to it.</summary>
internal sealed class SaidWord(WordInterval interval)
{
    public WordInterval Interval { get; } = interval;

    public Detection? Hit { get; set; }

    public Detection? Late { get; set; }
}

/// <summary>The words that an event can belong to; times are asked for in rising order, so that long streams cost no more than their length.</summary>
internal sealed class NearbyWords(IReadOnlyList<SaidWord> byStart, MatchSettings settings)
{
    private readonly List<SaidWord> _near = [];
    private int _next;

    public IReadOnlyList<SaidWord> At(double time)
    {
        while (_next < byStart.Count && settings.HasBegun(byStart[_next].Interval, time)) _near.Add(byStart[_next++]);
        _near.RemoveAll(word => settings.IsOver(word.Interval, time));
        return _near;
    }
}
