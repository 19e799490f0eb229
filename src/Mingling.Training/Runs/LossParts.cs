namespace Mingling.Training.Runs;

/// <summary>A part of a joint loss.</summary>
/// <param name="Name">Its name in the expression.</param>
/// <param name="Weight">Its present weight.</param>
/// <param name="Value">Its value, already multiplied by the weight.</param>
public sealed record LossPartValue(string Name, double Weight, double Value);

/// <summary>The joint loss and its parts, in means over clips.</summary>
/// <param name="Total">The sum of the parts.</param>
/// <param name="Parts">The parts in their order.</param>
public sealed record LossParts(double Total, IReadOnlyList<LossPartValue> Parts)
{
    /// <summary>The weighted value of a part; 0 where the loss has none of that name.</summary>
    public double this[string part] => Parts.FirstOrDefault(p => p.Name == part)?.Value ?? 0;

    /// <summary>Whether total and parts are equal.</summary>
    public bool Equals(LossParts? other) => other is not null && Total.Equals(other.Total) && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Total, Parts.Count);
}
