using static TorchSharp.torch;

namespace Mingling.Training.Storage;

/// <summary>
/// The state of modules as one list of named tensors, and its way back. torch's own loading checks names only and would spread
/// a tensor of one value over a whole weight; here names, types and shapes are all checked before the first value is copied.
/// </summary>
internal static class NamedState
{
    /// <summary>Parameters and buffers of a module as <c>prefix.name</c>; the tensors are the module's own.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> List(string prefix, nn.Module module) =>
        module.state_dict().Select(pair => KeyValuePair.Create($"{prefix}.{pair.Key}", pair.Value));

    /// <summary>Copies stored values into the tensors of the same names.</summary>
    /// <exception cref="CheckpointException">Names, types or shapes differ; the message lists every difference, and nothing was changed.</exception>
    public static void Restore(string path, SafetensorsFile file, IReadOnlyList<KeyValuePair<string, Tensor>> targets)
    {
        var problems = new List<string>();
        foreach (var (name, target) in targets)
        {
            if (!file.Tensors.TryGetValue(name, out var stored))
                problems.Add($"{name} is missing");
            else if (stored.dtype != target.dtype || !stored.shape.AsSpan().SequenceEqual(target.shape))
                problems.Add($"{name} is {Describe(stored)} instead of {Describe(target)}");
        }
        if (problems.Count > 0) throw new CheckpointException($"{path} does not fit this model: {string.Join("; ", problems)}.");

        using var quiet = no_grad();
        foreach (var (name, target) in targets) target.copy_(file.Tensors[name]);
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
