using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Phonetics;
using Mingling.Corpora.Speech;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Cli.Commands;

/// <summary>Two words, how often trained models confuse them, and how alike they sound.</summary>
/// <param name="First">One word.</param>
/// <param name="Second">The other.</param>
/// <param name="FirstAsSecond">The clips of the first that were recognised as the second, over all models.</param>
/// <param name="SecondAsFirst">The clips of the second that were recognised as the first.</param>
/// <param name="ConfusedShare">The share of the clips of both words that were taken for the other of the two.</param>
/// <param name="DPrime">The mean of d′ over the models; null where it is not known.</param>
/// <param name="Sounds">Their sounds; null where how one of them is spoken is not known.</param>
internal sealed record LearnedPair(
    string First, string Second, int FirstAsSecond, int SecondAsFirst, double ConfusedShare, double? DPrime, SoundPair? Sounds);

/// <summary>How the order of pairs by one figure agrees with their order by another.</summary>
internal sealed record Agreement(double? Spearman, double? KendallTauB)
{
    public static Agreement Measure(IReadOnlyList<double> x, IReadOnlyList<double> y) => new(RankCorrelation.Spearman(x, y), RankCorrelation.KendallTauB(x, y));
}

/// <summary>The pairs of words of trained models.</summary>
/// <param name="Pairs">All pairs, those confused most first, then those whose embeddings lie closest.</param>
/// <param name="Words">Words whose sounds are known.</param>
/// <param name="Models">The number of models.</param>
/// <param name="Clips">The clips that were judged, over all models.</param>
/// <param name="Choice">How these were chosen.</param>
internal sealed record LearnedPairs(
    IReadOnlyList<LearnedPair> Pairs, IReadOnlyList<SpokenWord> Words, int Models, int Clips, string Choice)
{
    /// <summary>How similarity of sounds agrees with the number of confusions; null where no sounds are known.</summary>
    public Agreement? WithConfusions => Agree(pair => pair.FirstAsSecond + pair.SecondAsFirst);

    /// <summary>How similarity of sounds agrees with −d′; null where no sounds are known.</summary>
    public Agreement? WithDPrime => Agree(pair => -pair.DPrime);

    /// <summary>Judges models by a corpus.</summary>
    /// <param name="models">Runs or model files of the same words; at least one.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="list">A list of its clips, or null.</param>
    /// <param name="wanted">The words to compare; empty for all.</param>
    /// <param name="pronouncer">Knows how words are spoken.</param>
    /// <exception cref="UsageException">A wanted word is none of the models', or they have different words.</exception>
    public static LearnedPairs Measure(
        IReadOnlyList<string> models, CorpusSource corpus, string? list, IReadOnlyList<WordToSay> wanted, Pronouncer pronouncer)
    {
        var reports = new List<EvaluationReport>();
        string choice = "";
        foreach (string path in models)
        {
            using var opened = OpenedModel.Open(path, last: false);
            var classes = opened.Model.Classes;
            if (reports.Count == 0)
            {
                var asked = new JudgedWords([.. wanted.Select(word => word.Word)], []);
                WordLists.CheckClasses(asked, classes);
                if (wanted.Count == 1) throw new UsageException($"'{wanted[0].Word}' is the only word; name at least two to compare.");
            }
            else if (!reports[0].Classes.SequenceEqual(classes))
            {
                throw new UsageException($"{path} did not learn the same words as {models[0]}; compare models of the same words.");
            }
            var chosen = EvaluationClips.Choose(corpus, opened.Run?.Manifest.Corpus, list, part: null);
            choice = chosen.Choice;
            reports.Add(ModelEvaluation.Measure(opened.Model, chosen, Reading.Settings(corpus.Options.Strict)));
        }
        return Combine(reports, wanted, pronouncer) with { Choice = choice };
    }

    private static LearnedPairs Combine(List<EvaluationReport> reports, IReadOnlyList<WordToSay> wanted, Pronouncer pronouncer)
    {
        var said = wanted.Count > 0 ? wanted
            : [.. reports[0].Classes.Where(OpenSetEvaluator.IsWord).Select(word => new WordToSay(word, word, null))];
        var forms = said.Select(word => (word.Word, Form: pronouncer.OfKnown(word))).Where(word => word.Form is not null)
            .ToDictionary(word => word.Word, word => word.Form!);
        var names = said.Select(word => word.Word).ToHashSet(StringComparer.Ordinal);
        var places = ClassNumbers.ByName(reports[0].Classes);
        var pairs = reports.SelectMany(report => report.SimilarPairs)
            .Where(pair => names.Contains(pair.First) && names.Contains(pair.Second))
            .GroupBy(pair => (pair.First, pair.Second))
            .Select(same => Of(same.Key.First, same.Key.Second, same.Average(pair => pair.DPrime)));
        return new LearnedPairs([.. pairs.OrderByDescending(pair => pair.ConfusedShare).ThenBy(pair => pair.DPrime ?? double.PositiveInfinity)],
            [.. forms.Select(word => new SpokenWord(word.Key, word.Value))], reports.Count, reports.Sum(report => report.Clips), "");

        LearnedPair Of(string first, string second, double? dPrime)
        {
            int a = places[first], b = places[second];
            int ab = reports.Sum(report => report.ConfusionMatrix[a][b]), ba = reports.Sum(report => report.ConfusionMatrix[b][a]);
            int clips = reports.Sum(report => report.ConfusionMatrix[a].Sum() + report.ConfusionMatrix[b].Sum());
            var sounds = forms.TryGetValue(first, out var x) && forms.TryGetValue(second, out var y)
                ? new SoundPair(first, second, PhoneticAlignment.Align(x, y)) : null;
            return new LearnedPair(first, second, ab, ba, clips == 0 ? 0 : (ab + ba) / (double)clips, dPrime, sounds);
        }
    }

    private Agreement? Agree(Func<LearnedPair, double?> figure)
    {
        var known = Pairs.Where(pair => pair.Sounds is not null && figure(pair) is not null).ToList();
        return known.Count < 3 ? null : Agreement.Measure([.. known.Select(pair => pair.Sounds!.Similarity)], [.. known.Select(pair => figure(pair)!.Value)]);
    }
}
