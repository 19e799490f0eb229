using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Corpora.Phonetics;
using Mingling.Corpora.Speech;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling similar</c>: which words are too close, by their sounds alone or by what trained models confuse.</summary>
internal static class SimilarCommand
{
    public static Command Create()
    {
        var command = new Command("similar", "Finds words that are too similar: from their sounds before anything is recorded, or from the confusions of a trained model.");
        var model = OpenedModel.AddArgument(command);
        model.Arity = ArgumentArity.ZeroOrOne;
        var corpus = new CorpusArguments(command, forTraining: false);
        corpus.MayBeMissing();
        var words = new Option<string?>("--words")
        {
            Description = "Words, separated by commas; 'word=text' or 'word=language:text' gives another text to pronounce, such as pinyin.",
            HelpName = "WORDS",
        }.NotEmpty();
        var language = new Option<string?>("--language")
        {
            Description = "Language of the words, such as en or cmn (default: by their script). Needs espeak-ng.",
            HelpName = "LANGUAGE",
        }.NotEmpty();
        var dictionary = new Option<string?>("--dictionary")
        {
            Description = "Pronunciation dictionary: word, tab, then IPA, ARPAbet or pinyin. Without --words, all of its words are compared.",
            HelpName = "FILE",
        }.NotEmpty();
        var list = new Option<string?>("--list")
        {
            Description = "List of clips to evaluate (default: those that the run was not trained on; for a model file, all).",
            HelpName = "FILE",
        }.NotEmpty();
        Option<string[]> also = new("--also")
        {
            Description = "Further models of the same words; their confusions are added.",
            HelpName = "MODEL",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> top = new("--top") { Description = "Pairs to show.", DefaultValueFactory = _ => 10, HelpName = "N" };
        Option<bool> json = new("--json") { Description = "Print all pairs as one JSON object." };
        foreach (var option in new Option[] { words, language, dictionary, list, also, top, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(top) < 1) throw new UsageException($"--top takes a number of pairs from 1, not {parsed.GetValue(top)}.");
            WordToSay[] named = [.. WordsToSay.ReadList(parsed.GetValue(words) ?? "")];
            var spoken = parsed.GetValue(dictionary) is { } file ? PronunciationDictionary.Load(file) : null;
            var pronouncer = new Pronouncer(spoken, parsed.GetValue(language));
            if (parsed.GetValue(model) is { } path)
            {
                if (!corpus.IsGiven(parsed)) throw new UsageException($"there is nothing to judge {path} by; name a corpus after it.");
                string[] models = [path, .. parsed.GetValue(also) ?? []];
                var learned = LearnedPairs.Measure(models, corpus.Read(parsed), parsed.GetValue(list), named, pronouncer);
                if (parsed.GetValue(json)) Console.WriteLine(SimilarJson.Serialize(learned));
                else LearnedPairsView.Print(learned, parsed.GetValue(top));
                return CommandLine.Success;
            }
            var idle = new Option[] { list, also }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            if (idle is not null) throw new UsageException($"{idle.Name} is for a trained model; name one with its corpus, or leave it out.");
            if (named.Length == 0 && parsed.GetValue(words) is null) named = [.. (spoken?.Words ?? []).Select(word => new WordToSay(word, word, null))];
            if (named.Length < 2)
                throw new UsageException(named.Length == 1 ? $"'{named[0].Word}' is the only word; name at least two to compare."
                    : "there is nothing to compare; give --words, --dictionary, or a trained model and a corpus.");
            SpokenWord[] compared = [.. named.Select(word => new SpokenWord(word.Word, pronouncer.Of(word)))];
            var sounds = SimilarSounds.Compare(compared);
            if (parsed.GetValue(json)) Console.WriteLine(SimilarJson.Serialize(compared, sounds));
            else SimilarSoundsView.Print(compared, sounds, parsed.GetValue(top));
            return CommandLine.Success;
        });
        return command;
    }
}
