using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming;

public class WordDistancesTests
{
    private static readonly ModelCard Card = new()
    {
        Version = "0",
        Encoder = "tone",
        Features = FeatureSettings.LogMel40,
        WindowSeconds = 1,
        Classes = ["low", "_unknown_", "high"],
        EmbeddingSize = 3,
    };

    /// <summary>A naive twin: p · exp(β(cos(A(e − μ), d) − 1)), for commands that have a direction.</summary>
    [Fact]
    public void Apply_multiplies_posteriors_of_commands_by_the_exponential_of_their_cosine()
    {
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] mean = Numbers(3), whitening = Numbers(9), low = Numbers(3), high = Numbers(3);
        var geometry = new EmbeddingGeometry(mean, whitening, new Dictionary<string, float[]> { ["low"] = low, ["high"] = high }, 3);
        var distances = new WordDistances(Card, geometry);
        for (int round = 0; round < 20; round++)
        {
            float[] embedding = Numbers(3), scores = [0.5f, 0.2f, 0.3f];
            double[] whitened = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => (double)whitening[i * 3 + j] * (embedding[j] - mean[j])))];
            double[] expected = [0.5 * Factor(low), 0.2, 0.3 * Factor(high)];
            distances.Apply(embedding, scores);
            for (int i = 0; i < 3; i++) ((double)scores[i]).ShouldBe(expected[i], 1e-5);

            double Factor(float[] direction) => Math.Exp(3 * (direction.Zip(whitened, (d, w) => d * w).Sum()
                / Math.Sqrt(direction.Sum(d => (double)d * d) * whitened.Sum(w => w * w)) - 1));
        }
    }

    [Fact]
    public void Apply_allocates_nothing()
    {
        var distances = new WordDistances(Card, new EmbeddingGeometry(new float[3], [1, 0, 0, 0, 1, 0, 0, 0, 1], new Dictionary<string, float[]> { ["low"] = [1, 0, 0] }, 3));
        float[] embedding = [1, 2, 3], scores = [1, 1, 1];
        Allocations.Least(() => distances.Apply(embedding, scores)).ShouldBe(0);
    }

    [Theory]
    [InlineData("has another size", 2, 9, 3.0, "low", 3)]
    [InlineData("has another size", 3, 8, 3.0, "low", 3)]
    [InlineData("the weight of the geometry must be 0 or more, not -1", 3, 9, -1.0, "low", 3)]
    [InlineData("a direction of 'middle', which is no class", 3, 9, 3.0, "middle", 3)]
    [InlineData("the direction of 'low' does not fit", 3, 9, 3.0, "low", 2)]
    public void A_geometry_that_does_not_fit_the_card_is_refused(string told, int mean, int whitening, double weight, string word, int size)
    {
        var geometry = new EmbeddingGeometry(new float[mean], new float[whitening], new Dictionary<string, float[]> { [word] = new float[size] }, weight);
        Should.Throw<ModelException>(() => ModelFile.Seal("m", BaseModel.Read(), Card with { Geometry = geometry })).Message.ShouldContain(told);
    }
}
