using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>
/// The checks of a loss's input. Shapes and types are checked everywhere; values (finite embeddings, labels in range) only where the
/// tensor lies in the CPU's memory, because reading them back would make an accelerator wait for every step.
/// </summary>
internal static class Check
{
    /// <summary>Checks embeddings [B, D] against labels [B].</summary>
    /// <exception cref="ArgumentException">Rank, type, row count, device or a value is wrong; the message says what would be right.</exception>
    public static void Batch(Tensor embeddings, Tensor labels)
    {
        Embeddings(embeddings, nameof(embeddings));
        Labels(labels, embeddings, nameof(labels));
    }

    /// <summary>Checks that embeddings are floating-point [rows, D] and, in the CPU's memory, finite.</summary>
    public static void Embeddings(Tensor embeddings, string name)
    {
        if (embeddings.dim() != 2)
            throw new ArgumentException($"{name} must have two dimensions [rows, features], not {embeddings.dim()}.", name);
        if (!embeddings.is_floating_point())
            throw new ArgumentException($"{name} must be floating-point, not {embeddings.dtype}.", name);
        Finite(embeddings, name);
    }

    /// <summary>Checks that labels are int64 [rows of the embeddings] on the same device.</summary>
    public static void Labels(Tensor labels, Tensor embeddings, string name)
    {
        if (labels.dim() != 1) throw new ArgumentException($"{name} must have one dimension [rows], not {labels.dim()}.", name);
        if (labels.dtype != ScalarType.Int64) throw new ArgumentException($"{name} must be Int64, not {labels.dtype}.", name);
        if (labels.shape[0] != embeddings.shape[0])
            throw new ArgumentException($"There are {labels.shape[0]} {name} for {embeddings.shape[0]} rows of embeddings; their numbers must be equal.", name);
        if (labels.device_type != embeddings.device_type)
            throw new ArgumentException($"{name} lie on {labels.device_type}, the embeddings on {embeddings.device_type}; they must lie on the same device.", name);
    }

    /// <summary>Checks a weight for each row, in the CPU's memory finite and at least 0.</summary>
    public static void SampleWeights(Tensor weights, Tensor embeddings, string name)
    {
        if (weights.dim() != 1 || weights.shape[0] != embeddings.shape[0])
            throw new ArgumentException($"{name} must have the shape [{embeddings.shape[0]}], one for each row of the embeddings.", name);
        Finite(weights, name);
        if (weights.device_type != DeviceType.CPU) return;
        using var negative = weights.lt(0);
        using var any = negative.any();
        if (any.item<bool>()) throw new ArgumentException($"{name} must be at least 0; a weight is negative.", name);
    }

    /// <summary>Checks in the CPU's memory that every label lies in least … classes − 1.</summary>
    public static void LabelsBelow(Tensor labels, long classes, long least = 0)
    {
        if (labels.device_type != DeviceType.CPU) return;
        using var contiguous = labels.contiguous();
        foreach (long label in MemoryMarshal.Cast<byte, long>(contiguous.bytes))
        {
            if (label < least || label >= classes)
                throw new ArgumentException($"Label {label} is outside the classes 0 … {classes - 1}.", nameof(labels));
        }
    }

    /// <summary>Checks the width of the embeddings.</summary>
    public static void Dimension(Tensor embeddings, long dimension)
    {
        if (embeddings.shape[1] != dimension)
            throw new ArgumentException($"The embeddings have {embeddings.shape[1]} features, the loss was made for {dimension}.", nameof(embeddings));
    }

    /// <summary>Checks that embeddings and the weights that they meet are of one type.</summary>
    public static void SameType(Tensor embeddings, Tensor weights)
    {
        if (embeddings.dtype != weights.dtype)
            throw new ArgumentException($"The loss computes in {embeddings.dtype}, its weights are {weights.dtype}; call to({embeddings.dtype}) of the loss.", nameof(embeddings));
    }

    /// <summary>Checks explicit pairs.</summary>
    public static void Pairs(Tensor first, Tensor second, Tensor same)
    {
        Embeddings(first, nameof(first));
        Embeddings(second, nameof(second));
        SameShape(first, second, nameof(second));
        if (same.dim() != 1 || same.dtype != ScalarType.Bool || same.shape[0] != first.shape[0])
            throw new ArgumentException($"{nameof(same)} must be Bool [{first.shape[0]}], one for each pair.", nameof(same));
    }

    /// <summary>Checks that a tensor has the shape of another.</summary>
    public static void SameShape(Tensor expected, Tensor actual, string name)
    {
        if (!actual.shape.SequenceEqual(expected.shape))
            throw new ArgumentException($"{name} must have the shape [{string.Join(", ", expected.shape)}], not [{string.Join(", ", actual.shape)}].", name);
    }

    /// <summary>Checks scores of one dimension.</summary>
    public static void Scores(Tensor scores, string name)
    {
        if (scores.dim() != 1 || !scores.is_floating_point())
            throw new ArgumentException($"{name} must be floating-point with one dimension [scores].", name);
        Finite(scores, name);
    }

    /// <summary>Checks that a parameter of a loss is a finite number in [least, most].</summary>
    public static double Range(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most) || double.IsInfinity(value))
        {
            string range = double.IsInfinity(most) ? $"finite and at least {least}"
                : double.IsNegativeInfinity(least) ? $"finite and at most {most}"
                : $"between {least} and {most}";
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
        return value;
    }

    /// <summary>Checks that a parameter of a loss is finite and greater than 0.</summary>
    public static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and greater than 0.");

    /// <summary>Checks that a count is at least <paramref name="least"/>.</summary>
    public static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    private static void Finite(Tensor values, string name)
    {
        if (values.device_type != DeviceType.CPU) return;
        using var scope = NewDisposeScope();
        var constant = values.detach();
        // One pass: a sum is finite only where all values are. A sum of finite values may overflow, so only a look at each decides then.
        if (double.IsFinite(constant.sum().to(ScalarType.Float64).item<double>())) return;
        if (!constant.isfinite().all().item<bool>())
            throw new ArgumentException($"{name} must be finite; a value is not a number or infinite.", name);
    }
}
