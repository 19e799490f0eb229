namespace Mingling.Recognition.Streaming.Gating;

/// <summary>
/// Follows the level of a signal block by block and finds the blocks that stand out from the noise. It drops nothing: the features of quiet
/// blocks enter the window like all others, so that an onset is complete when the gate opens.
/// (1) The level of a block is its power about its mean, averaged with the two blocks before it.
/// (2) The noise floor falls to a lower level at once and rises towards a higher one slowly; it begins at the level of silence, so that
///     a stream that begins within a word has an open gate.
/// (3) A block is active when its level lies the margin above the floor, and audible when it lies above silence.
/// </summary>
internal sealed class SpeechGate
{
    private const int Averaged = 3;
    private readonly float[] _levels;
    private readonly float[] _powers = new float[Averaged];
    private readonly float _silenceDb;
    private readonly float _marginDb;
    private readonly float _riseDb;
    private float _floorDb;

    /// <param name="blocks">How many blocks back the levels are kept.</param>
    /// <param name="blockSeconds">How long a block lasts.</param>
    /// <param name="silenceDb">The level (dBFS) below which all is silence.</param>
    /// <param name="settings">Margin and rise of the floor.</param>
    public SpeechGate(int blocks, double blockSeconds, double silenceDb, GateSettings settings)
    {
        _levels = new float[blocks];
        _silenceDb = (float)silenceDb;
        _marginDb = (float)settings.MarginDb;
        _riseDb = (float)(settings.RiseDbPerSecond * blockSeconds);
        Reset();
    }

    /// <summary>Blocks so far.</summary>
    public long Count { get; private set; }

    /// <summary>The last block that stood out from the noise; negative where none did.</summary>
    public long LastActive { get; private set; }

    /// <summary>The last block that was louder than silence; negative where none was.</summary>
    public long LastAudible { get; private set; }

    /// <summary>The power of the last block.</summary>
    public float LastPower { get; private set; }

    /// <summary>The level of the noise (dBFS).</summary>
    public float FloorDb => _floorDb;

    /// <summary>Adds the next block.</summary>
    public void Push(ReadOnlySpan<float> block)
    {
        LastPower = PowerAboutMean(block);
        _powers[Count % Averaged] = LastPower;
        float power = 0;
        foreach (float each in _powers) power += each / Averaged;
        float level = Math.Max(10 * MathF.Log10(power), _silenceDb);
        _levels[Count % _levels.Length] = level;
        _floorDb = Math.Min(level, _floorDb + _riseDb);
        if (level > _silenceDb)
        {
            LastAudible = Count;
            if (level >= _floorDb + _marginDb) LastActive = Count;
        }

        Count++;
    }

    /// <summary>
    /// Where the loudest sound among some blocks begins and ends: from the loudest block on to both sides, across gaps of up to
    /// <paramref name="longestGap"/> blocks, as far as blocks lie above the middle between the loudest level and the noise, and at
    /// most 25 dB below the loudest.
    /// </summary>
    public (long First, long Last) LoudestStretch(long from, long to, int longestGap)
    {
        from = Math.Max(from, Math.Max(0, Count - _levels.Length));
        to = Math.Max(from, Math.Min(to, Count - 1));
        long loudest = from;
        for (long block = from; block <= to; block++)
        {
            if (Level(block) > Level(loudest)) loudest = block;
        }

        float limit = Math.Max(Level(loudest) - 25, (Level(loudest) + _floorDb) / 2);
        return (Reach(loudest, -1, from, limit, longestGap), Reach(loudest, +1, to, limit, longestGap));
    }

    public void Reset()
    {
        (Count, LastActive, LastAudible, _floorDb) = (0, long.MinValue / 2, long.MinValue / 2, _silenceDb);
        _powers.AsSpan().Clear();
    }

    private long Reach(long block, int direction, long end, float limit, int longestGap)
    {
        long reached = block;
        for (long at = block; (end - at) * direction >= 0 && Math.Abs(at - reached) <= longestGap + 1; at += direction)
        {
            if (Level(at) >= limit) reached = at;
        }

        return reached;
    }

    private float Level(long block) => _levels[block % _levels.Length];

    /// <summary>The power of a block about its mean.</summary>
    public static float PowerAboutMean(ReadOnlySpan<float> block)
    {
        double sum = 0, squares = 0;
        foreach (float sample in block)
        {
            sum += sample;
            squares += (double)sample * sample;
        }

        double mean = sum / block.Length;
        return (float)Math.Max(0, (squares / block.Length) - (mean * mean));
    }
}
