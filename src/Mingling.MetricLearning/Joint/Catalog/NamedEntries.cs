namespace Mingling.MetricLearning.Joint;

/// <summary>
/// Things of one kind that an expression can name, in the order in which they were added. Of each it is kept how to read its arguments: that
/// needs no tensor, and gives what an expression then works with (a factory, or a distance).
/// </summary>
internal sealed class NamedEntries<T>(string kind, LossCatalog catalog)
{
    private readonly Dictionary<string, Func<LossArguments, T>> _readers = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds an entry under a new name, or replaces the one of that name.</summary>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void Add(string name, Func<LossArguments, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        CheckName(name);
        if (!_readers.ContainsKey(name)) _names.Add(name);
        _readers[name] = read;
    }

    public void Remove(string name)
    {
        if (_readers.Remove(name)) _names.Remove(name);
    }

    /// <summary>Reads the arguments of a call.</summary>
    /// <exception cref="LossExpressionException">The name or an argument is unknown, or a value does not fit.</exception>
    public T Read(string text, ExpressionCall call)
    {
        if (!_readers.TryGetValue(call.Name, out var read))
            throw new LossExpressionException($"there is no {kind} '{call.Name}'; {NearNames.HintWithList(call.Name, Names)}.", text, call.Column);
        return Read(new LossArguments(catalog, text, call), read);
    }

    /// <summary>The parameters of a name.</summary>
    public IReadOnlyList<LossParameter> Parameters(string name)
    {
        var arguments = new LossArguments(catalog, name, new ExpressionCall(name, [], 1));
        _readers[name](arguments);
        return arguments.Parameters;
    }

    private static T Read(LossArguments arguments, Func<LossArguments, T> read)
    {
        try
        {
            var made = read(arguments);
            arguments.RequireAllKnown();
            return made;
        }
        catch (ArgumentException e)
        {
            arguments.RequireAllKnown();
            throw arguments.Refused(e);
        }
    }

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new ArgumentException($"'{name}' cannot be a name in an expression: it must begin with a letter and have only letters, digits, '-' and '_'.", nameof(name));
    }
}
