using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Mingling.MetricLearning.Joint;

/// <summary>
/// A weighted sum of losses, as a recipe writes it: <c>softmax + 0.01 center(rate: 0.5) + 1.0 triplet(margin: 0.3, mining: batch-hard)</c>.
/// Numbers use a point; names are those of a <see cref="LossCatalog"/>; a weight left out is 1.
/// </summary>
/// <remarks>
/// An expression is a value: two are equal whose canonical texts (<see cref="ToString"/>) are equal. Reading and checking one needs no
/// tensor and no libtorch; only <see cref="Build"/> does. In JSON an expression is its <see cref="Text"/>.
/// </remarks>
[JsonConverter(typeof(LossExpressionJson))]
public sealed class LossExpression : IEquatable<LossExpression>
{
    private readonly IReadOnlyList<LossFactory>? _factories;

    private LossExpression(string text, IReadOnlyList<ExpressionPart> parts, IReadOnlyList<LossFactory>? factories) =>
        (Text, Parts, _factories) = (text, parts, factories);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The losses in their order.</summary>
    public IReadOnlyList<ExpressionPart> Parts { get; }

    /// <summary>Whether names, parameters and values were checked against a catalogue, and not the grammar alone.</summary>
    public bool IsChecked => _factories is not null;

    /// <summary>Reads an expression and checks all of it: grammar, names, parameters, kinds and ranges of values.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="catalog">The losses that can be named; null means those of the library.</param>
    /// <exception cref="LossExpressionException">The expression is wrong; the message shows where and says what would fit.</exception>
    public static LossExpression Parse(string text, LossCatalog? catalog = null) => ParseGrammar(text).Check(catalog ?? LossCatalog.BuiltIn);

    /// <summary>
    /// Reads an expression without looking its names up, for where the catalogue is not at hand yet, as when the folder of a run is opened;
    /// <see cref="Check"/> follows.
    /// </summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="LossExpressionException">The text does not follow the grammar.</exception>
    public static LossExpression ParseGrammar(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new LossExpression(text, new ExpressionParser(text).Parts(), null);
    }

    /// <summary>The same expression, checked against a catalogue whose losses <see cref="Build"/> then makes.</summary>
    /// <param name="catalog">The losses that can be named.</param>
    /// <exception cref="LossExpressionException">A name, parameter or value does not fit; the message shows where and says what would.</exception>
    public LossExpression Check(LossCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new LossExpression(Text, Parts, [.. Parts.Select(part => catalog.Losses.Read(Text, part.Loss))]);
    }

    /// <summary>
    /// Makes the losses. Each call makes new ones. An expression that was never checked is checked against the losses of the library first.
    /// </summary>
    /// <param name="context">The number of classes and features, and the seed.</param>
    /// <returns>The joint loss, owned by the caller.</returns>
    /// <exception cref="LossExpressionException">A value does not fit the number of classes, features or shots.</exception>
    public JointLoss Build(LossContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var factories = _factories ?? Check(LossCatalog.BuiltIn)._factories!;
        var made = new List<JointLossPart>(Parts.Count);
        try
        {
            foreach (var (part, make) in Parts.Zip(factories)) made.Add(new JointLossPart(part.Name, part.Weight, make(context)));
            return new JointLoss(made);
        }
        catch
        {
            foreach (var part in made) part.Loss.Dispose();
            throw;
        }
    }

    /// <summary>The canonical text: single spaces, numbers in their shortest form, weights of 1 left out.</summary>
    public override string ToString() => string.Join(" + ", Parts);

    /// <summary>Whether the canonical texts are equal.</summary>
    public bool Equals([NotNullWhen(true)] LossExpression? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LossExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>Whether the canonical texts are equal.</summary>
    public static bool operator ==(LossExpression? left, LossExpression? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the canonical texts differ.</summary>
    public static bool operator !=(LossExpression? left, LossExpression? right) => !(left == right);
}
