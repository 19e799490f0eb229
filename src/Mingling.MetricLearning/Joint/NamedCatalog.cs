namespace Mingling.MetricLearning.Joint;

/// <summary>Things that an expression can name, each made from its arguments.</summary>
internal sealed class NamedCatalog<T>(string kind, IReadOnlyDictionary<string, Func<LossArguments, T>> makers)
{
    public IReadOnlyDictionary<string, Func<LossArguments, T>> Makers => makers;

    public IReadOnlyCollection<string> Names { get; } = [.. makers.Keys];

    /// <summary>Makes what a call names.</summary>
    /// <exception cref="LossExpressionException">The name or an argument is unknown, or a value does not fit.</exception>
    public T Make(string text, ExpressionCall call, LossContext context)
    {
        var arguments = new LossArguments(text, call, context);
        var make = makers.GetValueOrDefault(call.Name)
            ?? throw new LossExpressionException($"there is no {kind} '{call.Name}'; {Spelling.Hint(call.Name, Names)}.", text, call.Column);
        try
        {
            var made = make(arguments);
            arguments.RequireAllKnown();
            return made;
        }
        catch (ArgumentException e)
        {
            arguments.RequireAllKnown();
            string sentence = e is ArgumentOutOfRangeException ? e.Message.Split(" (Parameter")[0] : e.Message;
            throw new LossExpressionException(sentence, text, arguments.ColumnOf(e.ParamName), e);
        }
    }

    /// <summary>The parameters of a name.</summary>
    public IReadOnlyList<LossParameter> Parameters(string name)
    {
        var arguments = new LossArguments(name, new ExpressionCall(name, [], 1), new LossContext(8, 8));
        if (makers[name](arguments) is IDisposable made) made.Dispose();
        return arguments.Parameters;
    }
}
