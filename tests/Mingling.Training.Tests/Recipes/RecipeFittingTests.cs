using Mingling.Corpora;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Training.Tests.Recipes;

public sealed class RecipeFittingTests
{
    private static readonly TrainingRecipe Running = TrainingRecipe.For("tc-resnet8-stream") with { Negatives = new NegativeSettings { Ratio = 1 } };

    /// <summary>Words of 0.2 to 0.58 s: 95 % of them last 0.56 s at most, and the middle 98 % of their energy a little less.</summary>
    [Fact]
    public void An_encoder_for_streams_counts_as_much_of_its_window_as_words_last()
    {
        LoadedClip[] clips = [.. Enumerable.Range(0, 20).Select(i => Word(0.2 + 0.02 * i))];
        Pooled(Running, clips).ShouldBe(55);
        Pooled(Running, [Word(0.1)]).ShouldBe(40);
        Pooled(Running, clips, EncoderKeys.PooledFrames).ShouldBeNull();
        // One that hears clips alone, or takes whole windows, counts all.
        Pooled(Running with { Negatives = new() }, clips).ShouldBeNull();
        Pooled(Running with { Encoder = new EncoderSettings { Name = "tc-resnet8" } }, clips).ShouldBeNull();
    }

    private static int? Pooled(TrainingRecipe recipe, LoadedClip[] clips, params string[] given) => RecipeFitting.Fit(recipe, clips, given).Encoder.PooledFrames;

    private static LoadedClip Word(double seconds)
    {
        float[] samples = new float[16_000];
        for (int i = 0; i < (int)(seconds * 16_000); i++) samples[3000 + i] = i % 2 == 0 ? 0.5f : -0.5f;
        return new LoadedClip(new CorpusClip("a.wav", "a.wav", "a"), samples);
    }
}
