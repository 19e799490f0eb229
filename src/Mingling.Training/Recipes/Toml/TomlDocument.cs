using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Mingling.Training.Recipes.Toml;

/// <summary>A TOML text as keys and plain values with their lines. What has syntax errors is left out; what is there twice is not.</summary>
internal sealed class TomlDocument
{
    // A text with more of them is no recipe, and need not be understood any better.
    private const int MostEndless = 20;

    private const int DeepNesting = 16;

    private readonly HashSet<int> _unreadable;

    public TomlDocument(string text)
    {
        var (syntax, endless) = Parse(text);
        // Where the parser stumbles once it often stumbles again on the same line.
        var errors = syntax.Diagnostics
            .Select(error => new RecipeMistake(error.Span.Start.Line + 1, $"this is no TOML: {error.Message}"))
            .DistinctBy(error => error.Line);
        Mistakes = [.. endless, .. errors];
        _unreadable = [.. Mistakes.Select(mistake => mistake.Line)];
        Entries = Read(syntax.KeyValues);
        Tables =
        [
            .. from table in syntax.Tables where table.Name is not null
               select new TomlTable(Line(table), Name(table.Name!), table is TableArraySyntax, Read(table.Items)),
        ];
    }

    /// <summary>The syntax errors.</summary>
    public IReadOnlyList<RecipeMistake> Mistakes { get; }

    /// <summary>The entries before all tables.</summary>
    public IReadOnlyList<TomlEntry> Entries { get; }

    /// <summary>The tables.</summary>
    public IReadOnlyList<TomlTable> Tables { get; }

    private TomlEntry[] Read(IEnumerable<KeyValueSyntax> items) =>
    [
        .. from item in items
           where item is { Key: not null, Value: not null } && !_unreadable.Contains(Line(item))
           select new TomlEntry(Line(item), Name(item.Key!), Plain(item.Value!)),
    ];

    private object Plain(ValueSyntax value) => value switch
    {
        StringValueSyntax text => text.Value ?? "",
        IntegerValueSyntax number => number.Value,
        FloatValueSyntax number => number.Value,
        BooleanValueSyntax flag => flag.Value,
        ArraySyntax array => array.Items.Where(item => item.Value is not null).Select(item => Plain(item.Value!)).ToArray(),
        InlineTableSyntax table => new TomlInlineTable(Read(table.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>())),
        _ => new TomlDate(),
    };

    private static string Name(KeySyntax key) => string.Join('.', key.DotKeys.Select(part => part.Key).Prepend(key.Key).Select(Part));

    // A dot within quotes does not part a table from its key.
    private static string Part(BareKeyOrStringValueSyntax? part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax { Value: { } text } => text.Contains('.') ? TomlText.Quote(text) : text,
        _ => "",
    };

    private static int Line(SyntaxNodeBase node) => node.Span.Start.Line + 1;

    /// <summary>What the parser makes of a text; null where it gives up on the whole of it, which it does where values are nested too deeply.</summary>
    private static DocumentSyntax? Syntax(string text, out RecipeMistake? refused)
    {
        refused = null;
        try
        {
            return SyntaxParser.Parse(text, validate: false);
        }
        catch (TomlException e)
        {
            var (line, depth) = Deepest(text);
            refused = new RecipeMistake(line, $"this is no TOML that can be read: {(depth > DeepNesting ? "arrays and tables are nested too deeply" : e.Message.ReplaceLineEndings(" ").TrimEnd('.'))}");
            return null;
        }
    }

    /// <summary>The line with the most brackets that are open, from 1, and how many they are.</summary>
    private static (int Line, int Depth) Deepest(string text)
    {
        int depth = 0, deepest = 0, line = 1, found = 1;
        foreach (char c in text)
        {
            if (c == '\n') line++;
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (depth > deepest) (deepest, found) = (depth, line);
        }
        return (found, deepest);
    }

    /// <summary>
    /// Parses a text. A string that does not end makes the parser lose its way in the lines below, so the line is taken out and the
    /// rest parsed again.
    /// </summary>
    private static (DocumentSyntax Syntax, List<RecipeMistake> Endless) Parse(string text)
    {
        string[] lines = text.Split('\n');
        var endless = new List<RecipeMistake>();
        while (true)
        {
            if (Syntax(string.Join('\n', lines) + '\n', out var refused) is not { } syntax) return (new DocumentSyntax(), [.. endless, refused!]);
            var error = syntax.Diagnostics.FirstOrDefault(error => error.Message.StartsWith("Invalid newline in a string", StringComparison.Ordinal));
            if (error is null || endless.Count == MostEndless) return (syntax, endless);
            endless.Add(new RecipeMistake(error.Span.Start.Line + 1, "a text must end on its line, with the quotation mark that it begins with"));
            lines[error.Span.Start.Line] = "";
        }
    }
}
