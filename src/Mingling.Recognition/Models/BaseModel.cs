using System.Reflection;

namespace Mingling.Recognition.Models;

/// <summary>
/// The base encoder that comes with the library: a model that knows speech and no words, to which words are enrolled. It is meant wherever a
/// model file is named <c>base</c>; a file of that name can be written <c>./base</c>.
/// </summary>
public static class BaseModel
{
    /// <summary>The name: <c>base</c>.</summary>
    public const string Name = "base";

    /// <summary>Whether a path means the base encoder.</summary>
    /// <param name="path">What stands in the place of a model file.</param>
    public static bool IsNamed(string? path) => path == Name;

    /// <summary>A copy of the model file.</summary>
    public static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("base.onnx")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
