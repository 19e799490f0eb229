using static TorchSharp.torch;

namespace Mingling.MetricLearning.Joint;

/// <summary>The value of a joint loss and of its parts for one batch.</summary>
public sealed class JointLossReport : IDisposable
{
    private readonly IReadOnlyList<JointLossPart> _parts;
    private readonly Tensor _values;

    internal JointLossReport(IReadOnlyList<JointLossPart> parts, Tensor total, Tensor values) => (_parts, Total, _values) = (parts, total, values);

    /// <summary>The weighted sum, a 0-dimensional tensor with gradient. Owned by the report.</summary>
    public Tensor Total { get; }

    /// <summary>Reads the values of the parts, without weight; only this waits for an accelerator.</summary>
    public IReadOnlyDictionary<string, double> Values()
    {
        using var scope = NewDisposeScope();
        var read = _values.to(ScalarType.Float64).cpu();
        return _parts.Select((part, i) => (part.Name, Value: read[i].item<double>())).ToDictionary(pair => pair.Name, pair => pair.Value);
    }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Total.Dispose();
        _values.Dispose();
    }
}
