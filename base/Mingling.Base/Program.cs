using System.Globalization;
using Mingling.Base;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning;
using Mingling.Training.Export;
using Mingling.Training.Runs;

// speak WORDS OUT CLIPS PART PARTS: speaks the word lists of words.sh. Each language has a folder of clips and a manifest; a language whose
// manifest is there is done. PART of PARTS, from 1, takes a share of the languages, so that several processes divide the work.
// recombine MANIFEST OUT COPIES TAKES: more words of people than they have said, from recordings of a few words.
// pack RUN OUT: makes the two files of the base encoder of a trained run.
// few-shot TEACHER CORPUS SHOTS [LIST]: what a teacher of embeddings reaches by the protocol of 'mingling evaluate --few-shot'.
switch (args)
{
    case ["speak", var words, var output, var clips, var part, var parts]:
        string[] lists = [.. Directory.GetFiles(words, "*.txt").Order(StringComparer.Ordinal)];
        for (int i = Number(part) - 1; i < lists.Length; i += Number(parts))
            SpokenLanguage.Speak(lists[i], Path.Combine(output, Path.GetFileNameWithoutExtension(lists[i])), Number(clips));
        return 0;
    case ["recombine", var source, var output, var copies, var takes]:
        RecombinedWords.Write(source, output, Number(copies), Number(takes));
        return 0;
    case ["pack", var run, var output]:
        TorchRuntime.Load();
        Pack(RunDirectory.Open(run), output);
        return 0;
    case ["few-shot", var teacher, var corpus, var shots, .. var list]:
        using (var model = new TeacherModel(teacher))
        {
            var clips = EvaluationClips.ChooseOfAllWords(new CorpusSource { Path = Path.GetFullPath(corpus) }, null, list.FirstOrDefault());
            Console.WriteLine(ModelEvaluation.MeasureFewShot(model, clips, JudgedWords.Everything, new FewShotOptions { Shots = Number(shots) }).ToJson());
        }
        return 0;
    default:
        Console.Error.WriteLine("usage: Mingling.Base speak WORDS OUT CLIPS PART PARTS | recombine MANIFEST OUT COPIES TAKES | pack RUN OUT | few-shot TEACHER CORPUS SHOTS [LIST]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// A third of the words whitens, and a clip of every thirtieth of the others is the cohort.
static void Pack(RunDirectory run, string output)
{
    var source = run.Manifest.Corpus.Source;
    var corpus = CorpusReader.Read(source.Path, source.Options);
    var words = CorpusSplitter.Split(corpus, source.Splits).Train.GroupBy(clip => clip.Label).OrderBy(word => word.Key, StringComparer.Ordinal).ToArray();
    int rate = run.Manifest.Recipe.Features.SampleRate;
    var whitening = ClipLoader.Load([.. words.Where((_, i) => i % 3 == 0).SelectMany(word => word)], rate).Clips;
    var cohort = ClipLoader.Load([.. words.Where((_, i) => i % 30 == 1).Select(word => word.First())], rate).Clips;
    BasePackage.Write(run, whitening, cohort, output);
}
