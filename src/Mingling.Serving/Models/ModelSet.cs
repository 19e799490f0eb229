using Mingling.Recognition.Models;

namespace Mingling.Serving.Models;

/// <summary>The models that are in use at one time, in the order of their files.</summary>
internal sealed class ModelSet
{
    private readonly Dictionary<string, (string Word, LoadedModel Model)> _words = new(StringComparer.Ordinal);

    /// <exception cref="ModelException">Two models have the same word.</exception>
    public ModelSet(IReadOnlyList<LoadedModel> models, long changedAt)
    {
        (Models, ChangedAt) = (models, changedAt);
        foreach (var model in models)
        {
            foreach (string word in model.Words)
            {
                if (_words.TryAdd(Key(word), (word, model)) || _words[Key(word)].Model == model) continue;
                throw new ModelException($"the word '{word}' is in both {_words[Key(word)].Model.Path} and {model.Path}; serve one of them, or rename the word.");
            }
        }
    }

    public IReadOnlyList<LoadedModel> Models { get; }

    /// <summary>When the set came into use, as <see cref="Environment.TickCount64"/>.</summary>
    public long ChangedAt { get; }

    /// <summary>All words, in the order of the models.</summary>
    public IEnumerable<string> Words => Models.SelectMany(model => model.Words);

    /// <summary>The word of a name, which may differ by case, blanks and underscores; null where there is none.</summary>
    public string? Find(string name) =>
        Models.Any(model => model.Words.Contains(name)) ? name : _words.TryGetValue(Key(name), out var found) ? found.Word : null;

    /// <summary>Shares all models, each by one more user; false, and none is shared, where one was given back by all.</summary>
    public bool TryShare()
    {
        int shared = 0;
        while (shared < Models.Count && Models[shared].Shared.TryShare()) shared++;
        if (shared == Models.Count) return true;
        while (--shared >= 0) Models[shared].Shared.Release();
        return false;
    }

    /// <summary>Gives all models back.</summary>
    public void Release()
    {
        foreach (var model in Models) model.Shared.Release();
    }

    private static string Key(string word) => NameKey.Of(word.Replace('_', ' '));
}
