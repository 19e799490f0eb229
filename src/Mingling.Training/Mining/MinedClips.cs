using Mingling.Training.Data;

namespace Mingling.Training.Mining;

/// <summary>What the model of some epoch found in the whole training set. Saved with the state of a training.</summary>
internal sealed class MinedClips
{
    /// <summary>How often the training set was mined; 0 before the first time.</summary>
    public int Rounds { get; set; }

    /// <summary>How often clips of the row's class were taken for the column's: the mean posterior, [C · C].</summary>
    public double[] Confusions { get; set; } = [];

    /// <summary>For each clip the farthest of its class and the nearest of another, [N · 2]; −1 where there is none.</summary>
    public long[] Neighbors { get; set; } = [];

    /// <summary>Windows without a command that were taken for one.</summary>
    public HardPlaces Hard { get; } = new();
}
