using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The way of <see cref="RowPass"/> between two sets of rows, such as a batch and the vectors of classes: their cosines in one product, the slopes of each row in their place, and a
/// product for the gradient of either side.
/// </summary>
internal sealed class ProxyPass
{
    private readonly Tensor _rows, _columns;
    private readonly UnitRows _unitRows, _unitColumns;

    /// <summary>Computes the cosines, inside a dispose scope.</summary>
    /// <param name="rows">[A, D].</param>
    /// <param name="columns">[N, D].</param>
    public ProxyPass(Tensor rows, Tensor columns)
    {
        (_rows, _columns) = (rows, columns);
        (_unitRows, _unitColumns) = (UnitRows.Normalize(rows), UnitRows.Normalize(columns));
        Cosines = mm(_unitRows.Values, _unitColumns.Values.t());
    }

    /// <summary>The cosines, [A, N], in whose place the slopes ∂L/∂cosine are put.</summary>
    public Tensor Cosines { get; }

    /// <summary>The loss with its gradient, when the slopes are known.</summary>
    /// <param name="value">The loss, 0-dimensional.</param>
    public Tensor Carry(Tensor value)
    {
        var ofRows = mm(Cosines, _unitColumns.Values);
        var ofColumns = mm(Cosines.t(), _unitRows.Values);
        _unitRows.Project(ofRows);
        _unitColumns.Project(ofColumns);
        return RowPass.Carry(value, (_rows, ofRows), (_columns, ofColumns));
    }
}
