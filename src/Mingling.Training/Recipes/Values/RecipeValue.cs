namespace Mingling.Training.Recipes.Values;

/// <summary>What may stand behind a key: how it is read, written and checked, and how it is told to people.</summary>
internal abstract record RecipeValue
{
    /// <summary>What is right, as in "must be …".</summary>
    public abstract string Right { get; }

    /// <summary>The property's value; false where the value in the file is of another type.</summary>
    /// <param name="toml">A long, double, bool, string, or a list of them; anything else as it is called.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="FormatException">The type is right, but the text has another form; the message is a sentence.</exception>
    public abstract bool TryRead(object toml, out object? value);

    /// <summary>The property's value as TOML.</summary>
    public abstract string Write(object? value);

    /// <summary>What is wrong with a property's value, as a clause that begins with "must" or "cannot"; null when it is right.</summary>
    public virtual string? Problem(object? value) => null;

    /// <summary>The clause for a value that is not <see cref="Right"/>.</summary>
    /// <param name="shown">The value as the user wrote it.</param>
    public string Wrong(string shown) => $"must be {Right}, not {shown}";
}
