using Mingling.Training.Data;

namespace Mingling.Training.Mining;

/// <summary>
/// Batches of triplets, row after row anchor, positive, negative. Positives and negatives are the hard neighbours that mining has found, and
/// drawn by chance before the first mining. An epoch shows as many clips as there are, so a third of them as anchors; which third is drawn.
/// </summary>
internal sealed class OfflineTriplets(int[] labels, int batchSize)
{
    public EpochPlan Plan(MinedClips mined, ulong orderSeed, ulong drawSeed)
    {
        int[] anchors = SeededRandom.Permutation(labels.Length, orderSeed);
        var draw = new Draw(labels, new SeededRandom(drawSeed));
        int perBatch = Math.Max(1, batchSize / 3);
        int count = Math.Max(1, labels.Length / (3 * perBatch));
        return new EpochPlan([.. anchors.Chunk(perBatch).Take(count).Select(batch => batch.SelectMany(anchor => Triplet(anchor, mined, draw)).ToArray())]);
    }

    private static int[] Triplet(int anchor, MinedClips mined, Draw draw)
    {
        long positive = mined.Rounds == 0 ? -1 : mined.Neighbors[2 * anchor], negative = mined.Rounds == 0 ? -1 : mined.Neighbors[2 * anchor + 1];
        return [anchor, positive < 0 ? draw.Positive(anchor) : (int)positive, negative < 0 ? draw.Negative(anchor) : (int)negative];
    }

    /// <summary>Draws clips of the same and of another class; where there is none, the anchor stands for it and the triplet counts for nothing.</summary>
    private sealed class Draw
    {
        private readonly int[] _labels, _place;
        private readonly Dictionary<int, List<int>> _members = [];
        private readonly SeededRandom _random;

        public Draw(int[] labels, SeededRandom random)
        {
            (_labels, _place, _random) = (labels, new int[labels.Length], random);
            for (int clip = 0; clip < labels.Length; clip++)
            {
                if (!_members.TryGetValue(labels[clip], out var members)) _members[labels[clip]] = members = [];
                _place[clip] = members.Count;
                members.Add(clip);
            }
        }

        public int Positive(int anchor)
        {
            var members = _members[_labels[anchor]];
            if (members.Count == 1) return anchor;
            int other = _random.Next(members.Count - 1);
            return members[other < _place[anchor] ? other : other + 1];
        }

        public int Negative(int anchor)
        {
            if (_members.Count == 1) return anchor;
            int other;
            do other = _random.Next(_labels.Length);
            while (_labels[other] == _labels[anchor]);
            return other;
        }
    }
}
