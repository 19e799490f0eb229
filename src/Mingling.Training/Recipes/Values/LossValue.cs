using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>An expression of losses, as a text.</summary>
internal sealed record LossValue : RecipeValue
{
    public override string Right => "a text that is not empty";

    /// <summary>Reads the grammar; <see cref="Check"/> and <see cref="Problem"/> look at names and values.</summary>
    public override bool TryRead(object toml, out object? value)
    {
        value = null;
        if (toml is not string text || string.IsNullOrWhiteSpace(text)) return false;
        try
        {
            value = LossExpression.ParseGrammar(text);
            return true;
        }
        catch (LossExpressionException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public override string Write(object? value) => TomlText.Quote(((LossExpression)value!).Text);

    /// <summary>An expression checked against a catalogue.</summary>
    /// <exception cref="FormatException">A name or value does not fit; the message says what would.</exception>
    public static LossExpression Check(LossExpression expression, LossCatalog catalog)
    {
        try
        {
            return expression.Check(catalog);
        }
        catch (LossExpressionException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>What is wrong with an expression that nobody has checked, by the losses of the library.</summary>
    public override string? Problem(object? value)
    {
        var expression = (LossExpression)value!;
        if (expression.IsChecked) return null;
        try
        {
            expression.Check(LossCatalog.BuiltIn);
            return null;
        }
        catch (LossExpressionException e)
        {
            return $"cannot be read: {e.Message.TrimEnd('.')}";
        }
    }
}
