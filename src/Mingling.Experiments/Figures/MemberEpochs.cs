using System.Collections;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Figures;

/// <summary>The epochs of a run whose members were trained one after another: counted through, but each member begins anew.</summary>
/// <param name="epochs">The epochs of all members, in their order.</param>
/// <param name="each">The epochs of a member; the last one may have fewer yet. Range: at least 1.</param>
internal sealed class MemberEpochs(IReadOnlyList<EpochReport> epochs, int each) : IReadOnlyList<EpochReport>
{
    public int Count => epochs.Count;

    /// <summary>The epochs of each member that has begun.</summary>
    public IReadOnlyList<IReadOnlyList<EpochReport>> Members { get; } = [.. epochs.GroupBy(epoch => (epoch.Epoch - 1) / each).Select(member => member.ToArray())];

    /// <summary>Where one member ends and the next begins, on the axis of epochs.</summary>
    public IEnumerable<double> Joints => Members.Skip(1).Select(member => member[0].Epoch - 0.5);

    /// <summary>The epochs whose weights are the members': of each the last that was its best so far.</summary>
    public IReadOnlyList<EpochReport> Best => [.. Members.Select(TrainingFigure.Best).OfType<EpochReport>()];

    public EpochReport this[int index] => epochs[index];

    public IEnumerator<EpochReport> GetEnumerator() => epochs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
