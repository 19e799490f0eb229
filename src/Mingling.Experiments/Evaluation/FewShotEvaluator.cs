using Mingling.MetricLearning.Evaluation;
using Mingling.Recognition.Enrollment;

namespace Mingling.Experiments.Evaluation;

/// <summary>
/// Measures how well words can be recognised from a few clips of each. Embeddings are compared on the unit sphere: all are brought to
/// length 1, where Euclidean distance ranks as cosine similarity does; a class mean is the mean of its unit embeddings, brought to
/// length 1 again.
/// </summary>
/// <remarks>
/// Fixed enrolment: in each repetition K clips of every known word are drawn and enrolled; all its other clips, and all clips of
/// unknown words, are tested. The score of a clip is by how much it exceeds the threshold of a word that is enrolled as <c>mingling enroll</c>
/// does (<see cref="EmbeddedExamples"/>), where the most similar word is its word; or the negative distance to the nearest class mean, or to
/// the nearest enrolled clip of the word that won the vote of the k nearest; or the greatest posterior among the known words. Episodes: N words are drawn, K
/// clips of each are enrolled and up to Q others tested, by the nearest class mean.
/// </remarks>
public static class FewShotEvaluator
{
    private const ulong RepetitionDraws = 1, EpisodeDraws = 2;

    /// <summary>Enrols known words and tests on their other clips and on unknown words.</summary>
    /// <param name="known">Clips of the words to enrol: at least two words with more than K clips each.</param>
    /// <param name="unknown">Clips of words to refuse; may be empty.</param>
    /// <param name="options">Shots, repetitions, episodes and seed; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// There is only one known word, a word has too few clips or is both known and unknown, or embeddings differ in length or are not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static FewShotReport Evaluate(IReadOnlyList<JudgedClip> known, IReadOnlyList<JudgedClip> unknown, FewShotOptions? options = null)
    {
        options ??= new FewShotOptions();
        options.Check();
        var words = new FewShotWords(known, options.Shots);
        string[] strangers = [.. unknown.Select(clip => clip.Word).Distinct().Order(StringComparer.Ordinal)];
        if (strangers.FirstOrDefault(word => words.Words.Contains(word)) is { } both)
            throw new ArgumentException($"'{both}' is both known and unknown; it can only be one.", nameof(unknown));

        var draws = Draws(words, options);
        var (softmax, noSoftmax) = SoftmaxScores.For(words.Words, strangers, options.Classes);
        var refused = unknown.Count == 0 ? null : FewShotWords.OnSphere(unknown, [.. unknown.Select(_ => -1)]);
        List<OpenSetScore> scores =
        [
            OpenSetScore.OfRepetitions("enrolled", [.. draws.Select(draw => Figures(words, draw, refused, Enrolled))]),
            OpenSetScore.OfRepetitions("class-mean", [.. draws.Select(draw => Figures(words, draw, refused, ClassMeans))]),
            OpenSetScore.OfRepetitions("knn", [.. draws.Select(draw => Figures(words, draw, refused, Neighbors))]),
        ];
        if (softmax is not null)
        {
            ScoredClip[] ofKnown = [.. known.Select(softmax.Score)], ofUnknown = [.. unknown.Select(softmax.Score)];
            scores.Add(OpenSetScore.OfRepetitions("softmax",
                [.. draws.Select(draw => OpenSetFigures.Measure([.. draw.Tested.Select(clip => ofKnown[clip])], ofUnknown))]));
        }
        return new FewShotReport
        {
            Shots = options.Shots,
            Repeats = options.Repeats,
            Seed = options.Seed,
            KnownWords = words.Words,
            UnknownWords = strangers,
            Clips = known.Count + unknown.Count,
            TestedClips = known.Count - options.Shots * words.Words.Count,
            UnknownClips = unknown.Count,
            Scores = scores,
            NoSoftmax = noSoftmax,
            Episodes = options.Episodes == 0 ? null : Episodes(words, options),
        };

        NeighborVerdict[] Enrolled(EmbeddingSet<double> queries, EmbeddingSet<double> enrolled) =>
            EnrolledClassifier.Classify(queries, enrolled, options.Cohort);

        NeighborVerdict[] Neighbors(EmbeddingSet<double> queries, EmbeddingSet<double> enrolled) =>
            NearestNeighborClassifier.Classify(queries, enrolled, options.Neighbors);
    }

    /// <summary>The enrolled and the tested clips of each repetition.</summary>
    internal static IReadOnlyList<FewShotDraw> Draws(FewShotWords words, FewShotOptions options) =>
        [.. Enumerable.Range(0, options.Repeats).Select(repetition => words.Draw(Enumerable.Range(0, words.Words.Count), int.MaxValue,
            new SeededRandom(SeededRandom.Derive(options.Seed, RepetitionDraws, (ulong)repetition))))];

    private static NeighborVerdict[] ClassMeans(EmbeddingSet<double> queries, EmbeddingSet<double> enrolled) =>
        NearestNeighborClassifier.Classify(queries, enrolled.ClassMeans().Normalized(), k: 1);

    private static OpenSetFigures Figures(FewShotWords words, FewShotDraw draw, EmbeddingSet<double>? unknown,
        Func<EmbeddingSet<double>, EmbeddingSet<double>, NeighborVerdict[]> classify)
    {
        var enrolled = words.Points(draw.Enrolled);
        return OpenSetFigures.Measure(Scored(words.Points(draw.Tested)), unknown is null ? [] : Scored(unknown));

        ScoredClip[] Scored(EmbeddingSet<double> queries) =>
            [.. classify(queries, enrolled).Select((verdict, i) => new ScoredClip(-verdict.Distance, verdict.Label == queries.LabelOf(i)))];
    }

    private static EpisodeReport Episodes(FewShotWords words, FewShotOptions options)
    {
        int ways = Math.Min(options.Ways, words.Words.Count);
        var accuracies = Enumerable.Range(0, options.Episodes).Select(episode =>
        {
            var random = new SeededRandom(SeededRandom.Derive(options.Seed, EpisodeDraws, (ulong)episode));
            int[] drawn = [.. Enumerable.Range(0, words.Words.Count)];
            FewShotWords.Shuffle(drawn, ways, random);
            return Figures(words, words.Draw(drawn[..ways], options.Queries, random), null, ClassMeans).Accuracy;
        });
        return new EpisodeReport(ways, options.Shots, options.Queries, Math.Min(options.Queries, words.FewestLeft), options.Episodes,
            Estimate.OfMean([.. accuracies]));
    }
}
