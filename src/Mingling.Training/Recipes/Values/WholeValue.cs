using System.Globalization;

namespace Mingling.Training.Recipes.Values;

/// <summary>A whole number, an <see cref="int"/>.</summary>
internal sealed record WholeValue(int Low, int High = int.MaxValue) : RecipeValue
{
    public override string Right =>
        $"a whole number from {Text(Low)}" + (High < int.MaxValue || Low < 0 ? $" to {Text(High)}" : "");

    // A number too large for the type is out of range, not of another type; the message is the same.
    public override bool TryRead(object toml, out object? value) =>
        (value = toml is long whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null) is not null;

    public override string Write(object? value) => ((int)value!).ToString(CultureInfo.InvariantCulture);

    public override string? Problem(object? value) => (int)value! >= Low && (int)value <= High ? null : Wrong(Write(value));

    private static string Text(int end) => end.ToString("#,0", CultureInfo.InvariantCulture);
}
