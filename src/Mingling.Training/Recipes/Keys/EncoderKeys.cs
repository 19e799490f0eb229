using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="EncoderSettings"/>. <see cref="EncoderSettings.Bins"/> has none: it follows from the features.</summary>
internal static class EncoderKeys
{
    public const string Name = "encoder.name", PooledFrames = "encoder.pooled-frames";

    public static IRecipeTable Table { get; } = new RecipeTable<EncoderSettings>(
            "encoder", "The network that maps features to an embedding.", recipe => recipe.Encoder, (recipe, encoder) => recipe with { Encoder = encoder })
        .Add("name", new TextValue(), e => e.Name, (e, v) => e with { Name = v }, "Encoder; 'mingling encoders' lists them.")
        .Add("width", new NumberValue(EncoderSettings.WidthRange), e => e.Width, (e, v) => e with { Width = v },
            "Factor on the number of channels.")
        .Add("embedding-size", new OptionalValue(new WholeValue(1, EncoderSettings.LargestEmbedding), "own"), e => e.EmbeddingSize, (e, v) => e with { EmbeddingSize = v },
            "Size of the embedding; \"own\" is the encoder's default.")
        .Add("projection-bias", new FlagValue(), e => e.ProjectionBias, (e, v) => e with { ProjectionBias = v },
            "Give the linear layer of the embedding a bias.")
        .Add("normalize", new FlagValue(), e => e.Normalize, (e, v) => e with { Normalize = v }, "Normalize embeddings to unit length.")
        .Add("subtract-mean", new FlagValue(), e => e.SubtractMean, (e, v) => e with { SubtractMean = v },
            "Subtract each bin's mean over the clip, which removes the coloration of microphone and room; not for trimmed clips.")
        .Add("dynamic-range-db", new OptionalValue(new NumberValue(EncoderSettings.DynamicRangeDbRange), "none"), e => e.DynamicRangeDb, (e, v) => e with { DynamicRangeDb = v },
            "Floor of the log-mel features in decibels below the loudest of the clip, so that digital silence looks like background noise.")
        .Add("dynamic-filter", new FlagValue(), e => e.DynamicFilter, (e, v) => e with { DynamicFilter = v },
            "Put a light dynamic filter before the encoder, which helps in noise.")
        .Add("pooled-frames", new OptionalValue(new WholeValue(1, int.MaxValue), "all"), e => e.PooledFrames, (e, v) => e with { PooledFrames = v },
            "Frames at the end of the window that make the embedding of an encoder for streams; the others are its past.",
            "derived from the lengths of the words where it learns from running sound, otherwise all");
}
