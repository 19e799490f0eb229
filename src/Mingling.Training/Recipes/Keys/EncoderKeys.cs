using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="EncoderSettings"/>. <see cref="EncoderSettings.Bins"/> has none: it follows from the features.</summary>
internal static class EncoderKeys
{
    public const string Name = "encoder.name";

    public static IRecipeTable Table { get; } = new RecipeTable<EncoderSettings>(
            "encoder", "The net that turns features into an embedding.", recipe => recipe.Encoder, (recipe, encoder) => recipe with { Encoder = encoder })
        .Add("name", new TextValue(), e => e.Name, (e, v) => e with { Name = v }, $"Encoder: {string.Join(", ", new EncoderCatalog().Names)}.")
        .Add("width", new NumberValue(EncoderSettings.WidthRange), e => e.Width, (e, v) => e with { Width = v },
            "Multiplies the encoder's channels.")
        .Add("embedding-size", new OptionalValue(new WholeValue(1, EncoderSettings.LargestEmbedding), "own"), e => e.EmbeddingSize, (e, v) => e with { EmbeddingSize = v },
            "Size of the embedding; otherwise the encoder's own.")
        .Add("normalize", new FlagValue(), e => e.Normalize, (e, v) => e with { Normalize = v }, "Give embeddings unit length.")
        .Add("subtract-mean", new FlagValue(), e => e.SubtractMean, (e, v) => e with { SubtractMean = v },
            "Subtract each bin's mean over the clip, which removes the colour of microphone and room; not for trimmed clips.")
        .Add("dynamic-range-db", new OptionalValue(new NumberValue(EncoderSettings.DynamicRangeDbRange), "none"), e => e.DynamicRangeDb, (e, v) => e with { DynamicRangeDb = v },
            "Decibels below the loudest log-mel feature of a clip at which a floor lies, so that digital silence looks like a room.")
        .Add("dynamic-filter", new FlagValue(), e => e.DynamicFilter, (e, v) => e with { DynamicFilter = v },
            "Put a light dynamic filter in front of the encoder, which helps in noise.");
}
