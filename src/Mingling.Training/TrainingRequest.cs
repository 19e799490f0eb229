using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Ranks;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;

namespace Mingling.Training;

/// <summary>A training as <c>mingling train</c> is asked for one: a corpus, a recipe, and a folder for the run.</summary>
public sealed record TrainingRequest
{
    /// <summary>The folder of the run.</summary>
    public required string RunPath { get; init; }

    /// <summary>The recordings, how they are read, and how they are split.</summary>
    public required CorpusSource Corpus { get; init; }

    /// <summary>
    /// The recipe. Default: that of tc-resnet8. Where nothing of it is given besides the seed (<see cref="Given"/>), and half of the words have at
    /// most 20 training clips, of at most a second of speech, the training takes the recipe <c>few</c> instead, which begins from the base
    /// encoder; <c>from</c> among the given keys keeps this one.
    /// </summary>
    public TrainingRecipe Recipe { get; init; } = TrainingRecipe.Default;

    /// <summary>
    /// The keys of the recipe, as a recipe file names them (<c>epochs</c>, <c>encoder.width</c>), that stay as <see cref="Recipe"/> has them.
    /// The window, the number of epochs and the treatment of trimmed clips are derived from the corpus unless they are among them. Null
    /// (default): the keys in which the recipe differs from <see cref="TrainingRecipe.For"/> its encoder. To fix a setting at its default,
    /// name it here.
    /// </summary>
    public IReadOnlyCollection<string>? Given { get; init; }

    /// <summary>Whether a run that is in the folder already is continued; otherwise it is an error. Default: false.</summary>
    public bool Resume { get; init; }

    /// <summary>The version that the manifest names as the one that began the run. Default: that of this library.</summary>
    public string Version { get; init; } = LibraryVersion.Current;

    /// <summary>Threads that decode recordings. Range: at least 1. Default: 1. Does not change the result.</summary>
    public int DecodingThreads { get; init; } = 1;

    /// <summary>Threads that compute and prepare clips. Range: at least 1. Default: 1. They do not change the result.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The processes that train together. Default: this one alone. All have the same request and reach the corpus and the run's folder; only the first writes.
    /// They do not change the result.
    /// </summary>
    public ProcessGroup Ranks { get; init; } = ProcessGroup.Single;

    /// <summary>
    /// The most bytes of decoded recordings that stay in memory; the rest is read again in each epoch. Range: 0 or more. Default: 1 GiB, nine
    /// hours of 16-bit sound at 16 kHz. Does not change the result.
    /// </summary>
    public long SoundBytes { get; init; } = DecodedFiles.DefaultRoom;

    /// <summary>The encoders that can be named; null (default) for those of the library.</summary>
    public EncoderCatalog? Encoders { get; init; }

    /// <summary>The losses that can be named; null (default) for those that the recipe was checked against, or those of the library.</summary>
    public LossCatalog? Losses { get; init; }

    /// <summary>Receives the progress; null (default) for nobody.</summary>
    public ITrainingObserver? Observer { get; init; }

    /// <summary>The keys that stay as they are.</summary>
    internal IReadOnlyCollection<string> GivenKeys => Given ?? RecipeFitting.Changed(Recipe);

    /// <summary>What a message calls a key of the recipe. Default: its path; the command line names its options.</summary>
    internal Func<string, string> NameOf { get; init; } = path => path;

    /// <summary>A request with the recipe of a file, whose keys are the given ones.</summary>
    /// <param name="runPath">The folder of the run.</param>
    /// <param name="corpus">The recordings.</param>
    /// <param name="recipe">The recipe file.</param>
    public static TrainingRequest FromFile(string runPath, CorpusSource corpus, RecipeFile recipe) =>
        new() { RunPath = runPath, Corpus = corpus, Recipe = recipe.Recipe, Given = recipe.Given };
}
