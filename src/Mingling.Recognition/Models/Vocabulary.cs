namespace Mingling.Recognition.Models;

/// <summary>Which classes of a model are commands.</summary>
public static class Vocabulary
{
    /// <summary>Whether a class is a command: all are but those in underscores, which stand for silence, noise and unknown words.</summary>
    /// <param name="name">The name of a class.</param>
    public static bool IsCommand(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !(name.Length >= 2 && name[0] == '_' && name[^1] == '_');
    }
}
