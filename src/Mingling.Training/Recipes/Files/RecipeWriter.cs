using System.Text;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Training.Recipes.Files;

/// <summary>Writes a recipe as a file with comments.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="given">The keys of which somebody said what they are; null when all are to be said.</param>
internal sealed class RecipeWriter(TrainingRecipe recipe, HashSet<string>? given)
{
    private const int LineLength = 120;

    private const string Head =
        """
        # A recipe of Mingling: everything that decides what a training does, apart from the recordings.
        # A key that is left out has its default. Keys behind a # are as they would be anyway.
        """;

    private readonly StringBuilder _text = new(Head + "\n");
    private readonly TrainingRecipe _basis = Basis(recipe, given);

    public string Write()
    {
        foreach (var table in RecipeKeys.Tables)
        {
            if (table.Name.Length > 0)
            {
                _text.Append('\n');
                Comment(table.Explanation);
                _text.Append($"[{table.Name}]\n");
            }
            foreach (var key in table.Keys) Write(key);
        }
        return _text.ToString();
    }

    private void Write(RecipeKey key)
    {
        _text.Append('\n');
        Comment(key.Explanation);
        Comment($"Value: {key.Value.Right}. Default: {key.FoundFromClips ?? key.Write(IsGround(key) ? TrainingRecipe.Default : _basis)}.");
        _text.Append($"{(IsLeftOut(key) ? "# " : "")}{key.Name} = {key.Write(recipe)}\n");
    }

    // The keys from which the others have their defaults.
    private static bool IsGround(RecipeKey key) => key.Path == EncoderKeys.Name || RecipeKeys.Governed(key).Count > 0;

    /// <summary>What training finds from its clips, and what follows from another key.</summary>
    private bool IsLeftOut(RecipeKey key)
    {
        if (given?.Contains(key.Path) == true) return false;
        if (key.FoundFromClips is not null) return given is not null;
        return RecipeKeys.All.Any(other => RecipeKeys.Governed(other).Contains(key)) && key.Write(recipe) == key.Write(_basis);
    }

    /// <summary>What the recipe would be without its single settings.</summary>
    private static TrainingRecipe Basis(TrainingRecipe recipe, HashSet<string>? given)
    {
        var draft = new RecipeDraft();
        foreach (var key in RecipeKeys.All.Where(IsGround))
            if (key.FoundFromClips is null || given?.Contains(key.Path) != false) draft.Set(key, key.Get(recipe));
        return draft.Build();
    }

    private void Comment(string text)
    {
        int length = 0;
        foreach (string word in text.Split(' '))
        {
            if (length > 0 && length + 1 + word.Length > LineLength) (_, length) = (_text.Append('\n'), 0);
            (string before, length) = (length == 0 ? "# " : " ", (length == 0 ? 1 : length) + 1 + word.Length);
            _text.Append(before).Append(word);
        }
        _text.Append('\n');
    }
}
