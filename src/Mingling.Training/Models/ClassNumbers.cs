namespace Mingling.Training.Models;

/// <summary>The number of each class: its place in the order of the classifier's outputs.</summary>
internal static class ClassNumbers
{
    public static Dictionary<string, int> ByName(IReadOnlyList<string> classes)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < classes.Count; i++) index[classes[i]] = i;
        return index;
    }
}
