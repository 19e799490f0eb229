using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Reports;

public class EmbeddingMapsTests
{
    private const int Words = 3, Clips = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Embeddings_of_a_plane_are_shown_as_they_are(int dimension)
    {
        var (outputs, words) = Made(dimension);
        var map = EmbeddingMaps.Project(outputs, words);
        map.IsEmbedding.ShouldBeTrue();
        map.Method.ShouldBe("the embedding itself");
        map.Points.Select(point => (float)point.X).ShouldBe(outputs.Select(output => output.Embedding[0]));
        map.Points.Select(point => (float)point.Y).ShouldBe(outputs.Select(output => dimension == 1 ? 0 : output.Embedding[1]));
        map.Points.Select(point => point.Class).ShouldBe(words);
    }

    [Theory]
    [InlineData(MapMethod.TSne, "t-SNE, perplexity ")]
    [InlineData(MapMethod.PrincipalComponents, "principal components, ")]
    public void Embeddings_of_more_values_are_laid_out_alike_each_time(MapMethod method, string name)
    {
        var (outputs, words) = Made(5);
        var map = EmbeddingMaps.Project(outputs, words, method, seed: 4);
        map.IsEmbedding.ShouldBeFalse();
        map.Method.ShouldStartWith(name);
        map.Points.ShouldBe(EmbeddingMaps.Project(outputs, words, method, seed: 4, threads: 2).Points);
        // Words that lie far apart stay apart.
        foreach (var point in map.Points)
            map.Points.Where(other => other != point).MinBy(other => Math.Pow(other.X - point.X, 2) + Math.Pow(other.Y - point.Y, 2))!.Class.ShouldBe(point.Class);
    }

    [Fact]
    public void Clip_under_another_word_is_the_one_in_doubt()
    {
        var (outputs, words) = Made(4);
        words[7] = (words[7] + 1) % Words;
        var points = EmbeddingMaps.Project(outputs, words, MapMethod.PrincipalComponents).Points;
        points[7].IsSuspect.ShouldBeTrue();
        points.Count(point => point.IsSuspect).ShouldBe(1);
        points.MaxBy(point => point.Doubt).ShouldBe(points[7]);
    }

    [Fact]
    public void Clips_that_cannot_be_shown_are_refused()
    {
        var (outputs, words) = Made(2);
        Should.Throw<ArgumentException>(() => EmbeddingMaps.Project([], [])).Message.ShouldContain("at least one clip");
        Should.Throw<ArgumentException>(() => EmbeddingMaps.Project(outputs, words[1..])).Message.ShouldContain($"each of the {Words * Clips} clips");
        Should.Throw<ArgumentException>(() => EmbeddingMaps.Project(outputs, words, verdicts: [])).Message.ShouldContain("one verdict");
    }

    private static (ClipOutput[] Outputs, int[] Words) Made(int dimension)
    {
        var random = new Random(dimension);
        int[] words = [.. Enumerable.Range(0, Words * Clips).Select(i => i % Words)];
        return ([.. words.Select(word => new ClipOutput(
            [.. Enumerable.Range(0, Words).Select(k => k == word ? 0.9f : 0.05f)],
            [.. Enumerable.Range(0, dimension).Select(k => (float)(10 * ((word + k) % Words) + random.NextDouble()))]))], words);
    }
}
