using System.Globalization;

namespace Mingling.Training.Recipes.Values;

/// <summary>A number with a fraction, a <see cref="double"/>; whole numbers may be written without a point.</summary>
internal sealed record NumberValue(NumberRange Range) : RecipeValue
{
    public override string Right => $"a number{Range}";

    public override bool TryRead(object toml, out object? value) =>
        (value = toml switch { double number => number, long whole => (double)whole, _ => null }) is not null;

    public override string Write(object? value) => ((double)value!).ToString("R", CultureInfo.InvariantCulture);

    public override string? Problem(object? value) => Range.Contains((double)value!) ? null : Wrong(Write(value));
}
