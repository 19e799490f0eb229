using System.Text;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Training.Recipes.Files;

/// <summary>
/// A recipe as a file that people read and write: TOML 1.0, a key for every setting, each with a comment that says what it means,
/// what it may be and what it is otherwise.
/// </summary>
public sealed class RecipeFile
{
    internal RecipeFile(RecipeDraft draft) => (Draft, Recipe, Given) = (draft, draft.Build(), draft.Given.ToHashSet());

    /// <summary>The recipe; what the file leaves out has its default.</summary>
    public TrainingRecipe Recipe { get; }

    /// <summary>The keys that stand in the file, with their tables, as in <c>encoder.width</c>.</summary>
    public IReadOnlySet<string> Given { get; }

    internal RecipeDraft Draft { get; }

    /// <summary>Reads a recipe file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="encoders">The encoders that may be named. Default: those of the library.</param>
    /// <param name="losses">The losses that may be named. Default: those of the library.</param>
    /// <exception cref="RecipeFileException">The file has mistakes; all of them are listed, with their lines.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RecipeFile Read(string path, EncoderCatalog? encoders = null, LossCatalog? losses = null)
    {
        try
        {
            return Parse(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path, encoders, losses);
        }
        catch (DecoderFallbackException)
        {
            throw new RecipeFileException(path, [new RecipeMistake(1, "the file must be a text in UTF-8")]);
        }
    }

    /// <summary>Reads the text of a recipe file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="encoders">The encoders that may be named. Default: those of the library.</param>
    /// <param name="losses">The losses that may be named. Default: those of the library.</param>
    /// <exception cref="RecipeFileException">The text has mistakes; all of them are listed, with their lines.</exception>
    public static RecipeFile Parse(string text, string name = "the recipe", EncoderCatalog? encoders = null, LossCatalog? losses = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new RecipeReader(encoders ?? new EncoderCatalog(), losses ?? LossCatalog.BuiltIn);
        var draft = reader.Read(text);
        return reader.Mistakes.Count == 0 ? new RecipeFile(draft) : throw new RecipeFileException(name, reader.Mistakes);
    }

    /// <summary>Writes a recipe with all its keys and comments. Reading it again gives the same recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="given">
    /// The keys of which somebody said what they are; what a training finds from its clips when it is not said is then left open unless
    /// it is among them. Null (default): everything is said.
    /// </param>
    public static string Write(TrainingRecipe recipe, IEnumerable<string>? given = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return new RecipeWriter(recipe, given?.ToHashSet()).Write();
    }
}
