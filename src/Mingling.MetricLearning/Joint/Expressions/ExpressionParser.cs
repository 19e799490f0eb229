namespace Mingling.MetricLearning.Joint;

/// <summary>
/// Reads a loss expression by recursive descent:
/// <c>sum = part {"+" part}; part = [number ["*"]] call; call = name ["(" [argument {"," argument}] ")"]; argument = name ":" (number | call)</c>.
/// </summary>
internal sealed class ExpressionParser(string text)
{
    private const int MostNesting = 16;

    private int _position;

    /// <summary>Reads the whole text as a sum of losses.</summary>
    public IReadOnlyList<ExpressionPart> Parts()
    {
        var parts = new List<ExpressionPart>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        do parts.Add(Part(counts));
        while (Take('+'));
        if (_position < text.Length) throw Error("expected '+' and another loss, or the end");
        return parts;
    }

    /// <summary>Reads the whole text as one value.</summary>
    public ExpressionValue Value()
    {
        SkipSpaces();
        var value = Value("a value", 0);
        SkipSpaces();
        return _position < text.Length ? throw Error("expected the end") : value;
    }

    private ExpressionPart Part(Dictionary<string, int> earlier)
    {
        double weight = 1.0;
        SkipSpaces();
        if (AtNumber())
        {
            int column = _position + 1;
            weight = Number();
            if (weight < 0) throw new LossExpressionException("a weight must be at least 0.", text, column);
            Take('*');
        }
        var loss = Call("the name of a loss", 0);
        int same = earlier.GetValueOrDefault(loss.Name);
        earlier[loss.Name] = same + 1;
        return new ExpressionPart(same == 0 ? loss.Name : $"{loss.Name}-{same + 1}", weight, loss);
    }

    private ExpressionCall Call(string expected, int nesting)
    {
        if (nesting > MostNesting) throw Error("the nesting is too deep; expected a plain name");
        SkipSpaces();
        int column = _position + 1;
        string name = Name(expected);
        var arguments = new List<ExpressionArgument>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Take('(')) return new ExpressionCall(name, arguments, column);
        if (Take(')')) return new ExpressionCall(name, arguments, column);
        do
        {
            var argument = Argument(nesting);
            if (!names.Add(argument.Name))
                throw new LossExpressionException($"'{argument.Name}' is given twice; once is right.", text, argument.Column);
            arguments.Add(argument);
        }
        while (Take(','));
        if (!Take(')')) throw Error("expected ',' and another argument, or ')'");
        return new ExpressionCall(name, arguments, column);
    }

    private ExpressionArgument Argument(int nesting)
    {
        SkipSpaces();
        int column = _position + 1;
        string name = Name("the name of a parameter");
        if (!Take(':')) throw Error($"expected ':' and the value of '{name}'");
        SkipSpaces();
        return new ExpressionArgument(name, Value($"the value of '{name}'", nesting + 1), column);
    }

    private ExpressionValue Value(string expected, int nesting)
    {
        int column = _position + 1;
        return AtNumber() ? new ExpressionNumber(Number(), column) : Call(expected, nesting);
    }

    private string Name(string expected)
    {
        int start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '-' or '_')) _position++;
        if (_position == start || !char.IsAsciiLetter(text[start]))
        {
            _position = start;
            throw Error($"expected {expected}");
        }
        return text[start.._position];
    }

    private bool AtNumber() => _position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] is '.' or '-');

    private double Number()
    {
        int start = _position;
        if (text[_position] == '-') _position++;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] == '.' || AtExponent())) _position++;
        string written = text[start.._position];
        // A decimal comma ends a number and leaves its digits for another: 0,01 would be 0 and 01.
        if (BeginsWithZero(written)) throw new LossExpressionException($"'{written}' begins with a zero; the decimals of a number follow a point, as in 0.01.", text, start + 1);
        if (NumberText.TryReal(written, out double number)) return number;
        throw new LossExpressionException($"'{text[start.._position]}' is not a finite number like 0.5 or 1e-3.", text, start + 1);
    }

    private static bool BeginsWithZero(string number) => number.TrimStart('-') is ['0', >= '0' and <= '9', ..];

    // "e" belongs to a number only where digits follow: "2 euclidean" has none.
    private bool AtExponent()
    {
        if (text[_position] is 'e' or 'E') return NextIs(1, char.IsAsciiDigit) || (NextIs(1, c => c is '-' or '+') && NextIs(2, char.IsAsciiDigit));
        return text[_position] is '-' or '+' && text[_position - 1] is 'e' or 'E';
    }

    private bool NextIs(int ahead, Func<char, bool> wanted) => _position + ahead < text.Length && wanted(text[_position + ahead]);

    private bool Take(char wanted)
    {
        SkipSpaces();
        if (_position >= text.Length || text[_position] != wanted) return false;
        _position++;
        SkipSpaces();
        return true;
    }

    private void SkipSpaces()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }

    private LossExpressionException Error(string expected)
    {
        string found = _position < text.Length ? $"'{text[_position]}'" : "the end";
        return new LossExpressionException($"{expected}, found {found}.", text, _position + 1);
    }
}
