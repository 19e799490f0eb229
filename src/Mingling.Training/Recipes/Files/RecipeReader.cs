using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Toml;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Files;

/// <summary>Reads a recipe file and collects everything that is wrong with it.</summary>
internal sealed class RecipeReader(EncoderCatalog encoders, LossCatalog losses)
{
    private const int LongestWord = 200;

    private readonly List<RecipeMistake> _mistakes = [];
    private readonly Dictionary<string, int> _lines = [];
    private readonly HashSet<string> _wrong = [];
    private readonly RecipeDraft _draft = new();

    public IReadOnlyList<RecipeMistake> Mistakes => _mistakes;

    public RecipeDraft Read(string text)
    {
        var document = new TomlDocument(text);
        _mistakes.AddRange(document.Mistakes);
        Entries("", document.Entries);
        foreach (var table in document.Tables)
        {
            Once(table.Name, table.Line);
            if (table.IsArray) Wrong(table.Line, $"tables are written [{TomlText.Shorten(table.Name)}], not [[{TomlText.Shorten(table.Name)}]]");
            if (RecipeKeys.Tables.Any(known => known.Name == table.Name || known.Name.StartsWith(table.Name + '.', StringComparison.Ordinal)))
                Entries(table.Name, table.Entries);
            else
                Wrong(table.Line, RecipeKeys.Find(table.Name) is null
                    ? $"there is no table '{TomlText.Shorten(table.Name)}'; {NearNames.HintWithList(table.Name, [.. RecipeKeys.Tables.Skip(1).Select(known => known.Name)])}"
                    : $"'{table.Name}' is a key; write {table.Name} = … before all tables");
        }
        var recipe = _draft.Build();
        foreach (var problem in RecipeProblem.Find(recipe).Where(problem => !problem.Keys.Any(_wrong.Contains))) Wrong(LineOf(problem), problem.Clause);
        return _draft;
    }

    private void Entries(string table, IEnumerable<TomlEntry> entries)
    {
        foreach (var entry in entries)
        {
            string path = RecipeKeys.Join(table, entry.Key);
            Once(path, entry.Line);
            if (entry.Value is TomlInlineTable inner) Entries(path, inner.Entries);
            else if (RecipeKeys.Find(path) is { } key) Entry(key, entry);
            else Wrong(entry.Line, Unknown(path));
        }
    }

    private void Once(string path, int line)
    {
        if (!_lines.TryAdd(path, line)) Wrong(line, $"'{TomlText.Shorten(path)}' is already there in line {_lines[path]}");
    }

    private void Entry(RecipeKey key, TomlEntry entry)
    {
        string? problem;
        try
        {
            if (!key.Value.TryRead(entry.Value, out object? value)) problem = key.Value.Wrong(TomlText.Show(entry.Value));
            else if (key.Path == EncoderKeys.Name && !encoders.Names.Contains((string)value!, StringComparer.OrdinalIgnoreCase))
                problem = $"names no encoder: '{TomlText.Shorten((string)value!)}'; {NearNames.HintWithList((string)value!, [.. encoders.Names])}";
            else
            {
                if (value is LossExpression loss) value = LossValue.Check(loss, losses);
                problem = key.Value.Problem(value);
                if (problem is null) _draft.Set(key, value);
            }
        }
        catch (FormatException e)
        {
            problem = $"cannot be read: {e.Message.TrimEnd('.')}";
        }
        if (problem is null) return;
        _wrong.Add(key.Path);
        Wrong(entry.Line, $"{key.Path} {problem}");
    }

    private static string Unknown(string path)
    {
        if (RecipeKeys.Tables.Any(table => table.Name == path)) return $"'{path}' is a table; write [{path}] and its keys below";
        int dot = path.LastIndexOf('.');
        var (table, name) = dot < 0 ? ("", path) : (path[..dot], path[(dot + 1)..]);
        if (RecipeKeys.All.Where(key => key.Name == name).ToArray() is { Length: > 0 } elsewhere)
            return $"there is no key '{path}'; did you mean {string.Join(" or ", elsewhere.Select(key => $"'{key.Path}'"))}?";
        string[] known = RecipeKeys.All.Where(key => key.Table == table).Select(key => key.Name).ToArray();
        return $"there is no key '{TomlText.Shorten(path)}'; {NearNames.HintWithList(name, known)}";
    }

    private int LineOf(RecipeProblem problem) =>
        problem.Keys.Where(_lines.ContainsKey).Select(path => _lines[path])
            .Concat(_lines.Where(line => line.Key.StartsWith(problem.Keys[0].Split('.')[0] + '.', StringComparison.Ordinal)).Select(line => line.Value))
            .FirstOrDefault(1);

    // Losses that cannot be read show the place below; here a mistake has one line.
    private void Wrong(int line, string message) =>
        _mistakes.Add(new RecipeMistake(line, string.Join(' ', message.Split('\n')[0].TrimEnd('.').Split(' ').Select(word => word.Length <= LongestWord ? word : word[..LongestWord] + "…"))));
}
