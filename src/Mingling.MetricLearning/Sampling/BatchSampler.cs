namespace Mingling.MetricLearning.Sampling;

/// <summary>
/// Hands out batches of sample indices without end. The batches of an epoch depend on the labels, the settings, the seed and the
/// number of the epoch alone, so that a position is two numbers and a restored sampler goes on as if it had never stopped.
/// </summary>
public abstract class BatchSampler
{
    private int[][] _plan = [];

    private protected BatchSampler(int seed) => Seed = seed;

    /// <summary>The seed of all random choices.</summary>
    public int Seed { get; }

    /// <summary>The number of whole epochs handed out.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of batches of the present epoch handed out.</summary>
    public int Batch { get; private set; }

    /// <summary>The number of batches in an epoch, at least 1.</summary>
    public abstract int BatchesPerEpoch { get; }

    /// <summary>The indices of the samples of the next batch. After the last batch of an epoch the next epoch begins by itself.</summary>
    public ReadOnlyMemory<int> Next()
    {
        int[] batch = CurrentPlan()[Batch++];
        if (Batch == BatchesPerEpoch) Enter(Epoch + 1, 0);
        return batch;
    }

    /// <summary>The present position.</summary>
    public SamplerState Save() => new(Seed, Epoch, Batch, Checksum(CurrentPlan()));

    /// <summary>
    /// Goes to a saved position: the following batches are those that the saved sampler would have handed out. At the beginning of an
    /// epoch a state may be carried over to a sampler of other data or settings, which then goes on with its own batches.
    /// </summary>
    /// <param name="state">The result of <see cref="Save"/>.</param>
    /// <exception cref="ArgumentException">The state has another seed, lies in the midst of an epoch of other batches, or is no position.</exception>
    public void Restore(SamplerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Seed != Seed)
            throw new ArgumentException($"The state belongs to a sampler with seed {state.Seed}, but this one has seed {Seed}.", nameof(state));
        if (state.Epoch < 0 || state.Batch < 0 || state.Batch >= BatchesPerEpoch)
            throw new ArgumentException(
                $"Epoch {state.Epoch}, batch {state.Batch} is no position of a sampler with {BatchesPerEpoch} batches in an epoch.", nameof(state));
        int[][] plan = Plan(RandomOf(state.Epoch));
        if (state.Batch > 0 && Checksum(plan) != state.PlanChecksum)
            throw new ArgumentException(
                "The state was saved in the midst of an epoch of other batches: labels and settings must be those of the saved sampler.", nameof(state));
        Enter(state.Epoch, state.Batch);
        _plan = plan;
    }

    /// <summary>All batches of an epoch, <see cref="BatchesPerEpoch"/> of them.</summary>
    private protected abstract int[][] Plan(Random random);

    private int[][] CurrentPlan()
    {
        if (_plan.Length == 0) _plan = Plan(RandomOf(Epoch));
        return _plan;
    }

    private void Enter(int epoch, int batch)
    {
        (Epoch, Batch) = (epoch, batch);
        _plan = [];
    }

    private Random RandomOf(int epoch)
    {
        // The finaliser of SplitMix64 (Steele et al. 2014): neighbouring seeds and epochs share nothing.
        ulong z = ((ulong)(uint)Seed << 32 | (uint)epoch) + 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return new Random((int)(z ^ z >> 31));
    }

    /// <summary>FNV-1a over the indices, batch by batch.</summary>
    private static ulong Checksum(int[][] plan)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (int[] batch in plan)
        {
            foreach (int index in batch.Append(batch.Length)) hash = (hash ^ (uint)index) * 0x100000001B3;
        }
        return hash;
    }
}
