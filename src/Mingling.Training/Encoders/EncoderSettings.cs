using System.Globalization;

namespace Mingling.Training.Encoders;

/// <summary>Everything needed to build an encoder again: kept in a run's manifest.</summary>
public sealed record EncoderSettings
{
    /// <summary>The largest <see cref="EmbeddingSize"/>.</summary>
    internal const int LargestEmbedding = 65_536;

    /// <summary>The range of <see cref="Width"/>.</summary>
    internal static NumberRange WidthRange { get; } = new(0, 64, WithoutLow: true);

    /// <summary>The range of <see cref="DynamicRangeDb"/>, where there is one.</summary>
    internal static NumberRange DynamicRangeDbRange => NumberRange.Positive;

    /// <summary>The encoder's name in the <see cref="EncoderCatalog"/>, for example <c>tc-resnet8</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Feature bins of a frame (mel bands or cepstral coefficients). Default: 40.</summary>
    public int Bins { get; init; } = 40;

    /// <summary>Multiplies the channels of every layer, rounded to whole channels. Range: above 0 to 64. Default: 1.</summary>
    public double Width { get; init; } = 1;

    /// <summary>
    /// The size D of the embedding. Null (default) keeps the encoder's own: TC-ResNet gives its pooled channels as they are,
    /// the residual net projects to 64. A number adds (or sizes) a linear layer to D. Range: 1 to 65,536.
    /// </summary>
    public int? EmbeddingSize { get; init; }

    /// <summary>
    /// Whether the linear layer of the embedding has a bias, so that embeddings can be centered and whitened by its weights. Has no effect on
    /// encoders without that layer. Default: false.
    /// </summary>
    public bool ProjectionBias { get; init; }

    /// <summary>Whether the embedding is divided by its Euclidean length, v / max(‖v‖, 1e-12). Default: false.</summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether each bin's mean over the clip is subtracted, which removes the colour of microphone and room. Default: true. Not for
    /// trimmed clips: there the mean is that of the word, and what is removed is its vowel.
    /// </summary>
    public bool SubtractMean { get; init; } = true;

    /// <summary>
    /// Log-mel features that lie further than this below the loudest of their clip, in decibels, are raised to that floor, so that the
    /// digital silence around a trimmed clip looks like an ordinary room. Null (default): as they are. Has no effect on features that
    /// are not logarithms of power. Range: above 0.
    /// </summary>
    public double? DynamicRangeDb { get; init; }

    /// <summary>
    /// Whether a <see cref="DynamicFilter"/> stands in front of the encoder, behind the floor and the mean above: it helps in noise. Default: false.
    /// </summary>
    public bool DynamicFilter { get; init; }

    /// <summary>
    /// How many frames at the end of the window make the embedding of an encoder that listens to streams, rounded up to whole steps; the frames
    /// before them are its past. Null (default) takes all of the window. About as many as a word lasts let short words count in running sound,
    /// where something else is said before them. Has no effect on other encoders. Range: 1 or more.
    /// </summary>
    public int? PooledFrames { get; init; }

    /// <summary>The dynamic range in the unit of the features, the natural logarithm of power; infinity without a floor.</summary>
    internal float DynamicRange => DynamicRangeDb is { } decibels ? (float)(decibels / 10 * Math.Log(10)) : float.PositiveInfinity;

    /// <summary>Everything that is out of range, one clause each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Bins < 1) yield return $"there must be at least 1 feature bin, not {Bins}";
        if (WidthRange.Fault("encoder.width", Width) is { } width) yield return width;
        if (EmbeddingSize is { } size && (size < 1 || size > LargestEmbedding))
            yield return string.Create(CultureInfo.InvariantCulture, $"encoder.embedding-size must be a whole number from 1 to {LargestEmbedding:#,0}, not {size}");
        if (PooledFrames < 1) yield return $"encoder.pooled-frames must be 1 or more, not {PooledFrames}";
        if (DynamicRangeDb is { } range && DynamicRangeDbRange.Fault("encoder.dynamic-range-db", range) is { } floor) yield return floor;
    }
}
