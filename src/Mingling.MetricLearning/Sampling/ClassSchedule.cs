namespace Mingling.MetricLearning.Sampling;

/// <summary>
/// Which classes share a batch. Class c must come up in at least groups[c] batches, every batch has P different classes, and there
/// are as few batches as that allows. For each batch, with b batches left:
/// 1. classes that still have to come up b times are in it (never more than P, since all places together are b · P);
/// 2. the class that has to come up most often leads it, and its most similar companions join;
/// 3. the places left go to the classes that have to come up most often, ties by chance.
/// </summary>
internal sealed class ClassSchedule
{
    private readonly int[] _groups;
    private readonly int _classesPerBatch;
    private readonly int[][]? _mostSimilarFirst;
    private readonly int _companions;

    internal ClassSchedule(int[] groups, int classesPerBatch, int[][]? mostSimilarFirst, int companions)
    {
        (_groups, _classesPerBatch, _mostSimilarFirst, _companions) = (groups, classesPerBatch, mostSimilarFirst, companions);
        Batches = Math.Max(groups.Max(), (groups.Sum() + classesPerBatch - 1) / classesPerBatch);
    }

    /// <summary>The number of batches in an epoch.</summary>
    internal int Batches { get; }

    /// <summary>Draws the classes of every batch of an epoch.</summary>
    internal IEnumerable<int[]> Draw(Random random)
    {
        int[] due = WithSparePlaces(random);
        int[] order = Enumerable.Range(0, due.Length).ToArray();
        for (int left = Batches; left > 0; left--)
        {
            random.Shuffle(order);
            // A stable sort after a shuffle: most often due first, ties by chance.
            int[] mostDue = order.OrderByDescending(c => due[c]).ToArray();
            var batch = new List<int>(_classesPerBatch);
            batch.AddRange(mostDue.TakeWhile(c => due[c] == left));
            if (batch.Count == 0) batch.Add(mostDue[0]);
            if (_mostSimilarFirst is not null) JoinCompanions(batch, due);
            batch.AddRange(mostDue.Where(c => !batch.Contains(c)).Take(_classesPerBatch - batch.Count).ToArray());
            foreach (int c in batch) due[c]--;
            yield return [.. batch];
        }
    }

    /// <summary>The places that the classes do not fill go, one at a time, to the class that comes up least often, ties by chance.</summary>
    private int[] WithSparePlaces(Random random)
    {
        int[] due = (int[])_groups.Clone();
        var queue = new PriorityQueue<int, (int Due, int Chance)>();
        for (int c = 0; c < due.Length; c++) queue.Enqueue(c, (due[c], random.Next()));
        for (int spare = Batches * _classesPerBatch - due.Sum(); spare > 0; spare--)
        {
            int c = queue.Dequeue();
            queue.Enqueue(c, (++due[c], random.Next()));
        }
        return due;
    }

    private void JoinCompanions(List<int> batch, int[] due)
    {
        int wanted = Math.Min(_companions, _classesPerBatch - batch.Count);
        foreach (int c in _mostSimilarFirst![batch[0]])
        {
            if (wanted == 0) return;
            if (due[c] == 0 || batch.Contains(c)) continue;
            batch.Add(c);
            wanted--;
        }
    }
}
