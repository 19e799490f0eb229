using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Serving.Models;

/// <summary>A model file as it was loaded. A file that is replaced becomes another one; this one is freed with the last stream that uses it.</summary>
public sealed class LoadedModel
{
    private LoadedModel(string path, Recognizer recognizer, SharedModel shared, SpotterSettings settings)
    {
        (Path, Recognizer, Shared, Settings) = (path, recognizer, shared, settings);
        Words = [.. shared.Classes.Where(Vocabulary.IsCommand)];
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The name of the file without its extension.</summary>
    public string Name { get; }

    /// <summary>What the file says of the model.</summary>
    public ModelCard Card => Recognizer.Card;

    /// <summary>The commands, trained and enrolled ones; at least one.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How its streams detect.</summary>
    public SpotterSettings Settings { get; }

    /// <summary>The recogniser, for clips.</summary>
    internal Recognizer Recognizer { get; }

    /// <summary>The model, for streams.</summary>
    internal SharedModel Shared { get; }

    /// <exception cref="ModelException">The file cannot be used, has no command, or cannot be used for streams.</exception>
    /// <exception cref="ArgumentException">The adjusted settings are wrong.</exception>
    internal static LoadedModel Load(string path, CommandModelsOptions options)
    {
        var recognizer = Recognizer.Load(path, options.Recognizer);
        SharedModel? shared = null;
        try
        {
            shared = new SharedModel(recognizer);
            var model = new LoadedModel(path, recognizer, shared, options.Adjust?.Invoke(recognizer.Card, shared.Settings) ?? shared.Settings);
            if (model.Words.Count == 0) throw new ModelException($"{path} has no command; enroll one with 'mingling enroll {path} --word WORD FILE...'.");
            // What is wrong with the settings shows now, and not with the first client.
            _ = new CommandSpotter(shared, recognizer.SampleRate, model.Settings);
            return model;
        }
        catch
        {
            shared?.Release();
            recognizer.Dispose();
            throw;
        }
    }
}
