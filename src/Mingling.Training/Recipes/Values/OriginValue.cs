using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>The name of the base encoder, or the folder of a run or the weights of another base encoder, whose path becomes absolute.</summary>
internal sealed record OriginValue : RecipeValue
{
    public override string Right => "\"base\", the folder of a run, or the weights of another base encoder (.safetensors)";

    public override bool TryRead(object toml, out object? value) => (value = toml is string origin ? Full(origin) : null) is not null;

    public override string Write(object? value) => TomlText.Quote((string)value!);

    internal static string Full(string origin) => origin.Equals(BaseName, StringComparison.OrdinalIgnoreCase) ? BaseName : PathsValue.Full(origin);

    /// <summary>The name under which the base encoder is taken; a folder of that name can be written ./base.</summary>
    internal const string BaseName = "base";
}
