namespace Mingling.MetricLearning.Sampling;

/// <summary>
/// Deals the clips of a class in shuffled passes: no clip comes up a second time before all have come up once, so that their counts
/// never differ by more than one.
/// </summary>
internal sealed class ClipDeck(ReadOnlySpan<int> clips, Random random)
{
    private readonly int[] _clips = clips.ToArray();
    private int _next = clips.Length;

    /// <summary>Deals a group. It holds a clip twice only where the class is smaller than the group.</summary>
    internal void Deal(Span<int> group)
    {
        for (int k = 0; k < group.Length; k++)
        {
            if (_next == _clips.Length) Shuffle(group[..k]);
            group[k] = _clips[_next++];
        }
    }

    private void Shuffle(ReadOnlySpan<int> begun)
    {
        random.Shuffle(_clips);
        _next = 0;
        // Clips already in the group that is being dealt go to the end of the new pass.
        int unused = _clips.Length;
        for (int i = 0; i < unused;)
        {
            if (begun.Contains(_clips[i])) (_clips[i], _clips[--unused]) = (_clips[unused], _clips[i]);
            else i++;
        }
    }
}
