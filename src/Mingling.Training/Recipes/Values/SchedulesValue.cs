using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>A list of <see cref="LossSchedule"/>, each as a text.</summary>
internal sealed record SchedulesValue : RecipeValue
{
    public override string Right => "a list of texts such as \"triplet.weight=0:1@0:0.3\"";

    public override bool TryRead(object toml, out object? value)
    {
        var texts = toml is IReadOnlyList<object> items && items.All(item => item is string) ? items.Cast<string>() : null;
        return (value = texts?.Select(LossSchedule.Parse).ToArray()) is not null;
    }

    public override string Write(object? value) =>
        $"[{string.Join(", ", ((IReadOnlyList<LossSchedule>)value!).Select(schedule => TomlText.Quote(schedule.ToString())))}]";

    public override string? Problem(object? value) =>
        ((IReadOnlyList<LossSchedule>)value!).SelectMany(schedule => schedule.Problems()).ToArray() is { Length: > 0 } problems
            ? $"cannot be used: {string.Join("; ", problems)}" : null;
}
