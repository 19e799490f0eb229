using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Sampling;

namespace Mingling.MetricLearning.Tests.Sampling;

public class ClassSimilarityTests
{
    [Fact]
    public void Confusions_become_the_mean_rate_of_both_directions()
    {
        var similarity = ClassSimilarity.FromConfusions([9, 4, 7], new long[,] { { 8, 2, 0 }, { 1, 3, 0 }, { 0, 0, 0 } });
        similarity[9, 4].ShouldBe((0.2 + 0.25) / 2, 1e-15);
        similarity[4, 9].ShouldBe(similarity[9, 4]);
        similarity[7, 4].ShouldBe(0);
    }

    [Fact]
    public void Embeddings_give_the_negative_distance_of_the_means() =>
        ClassSimilarity.FromEmbeddings(new EmbeddingSet<float>(new float[] { 0, 2, 6 }, 1, new[] { 3, 3, 5 }))[5, 3].ShouldBe(-5);

    [Fact]
    public void Unusable_matrices_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ClassSimilarity([1, 2], new double[2, 3])).Message.ShouldContain("2 × 2, not 2 × 3");
        Should.Throw<ArgumentException>(() => new ClassSimilarity([1, 1], new double[2, 2])).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => new ClassSimilarity([1, 2], new[,] { { 0, double.NaN }, { 0, 0 } })).Message.ShouldContain("classes 1 and 2");
        Should.Throw<ArgumentException>(() => ClassSimilarity.FromConfusions([1], new long[,] { { -1 } })).Message.ShouldContain("-1");
        Should.Throw<ArgumentException>(() => new ClassSimilarity([1], new double[1, 1])[1, 2]).Message.ShouldContain("class 2");
    }
}
