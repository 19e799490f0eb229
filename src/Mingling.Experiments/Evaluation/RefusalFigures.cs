namespace Mingling.Experiments.Evaluation;

/// <summary>How well unknown words are refused.</summary>
/// <param name="Auroc">The area under the curve of known against unknown clips; 0.5 is chance.</param>
/// <param name="Eer">The equal error rate.</param>
/// <param name="Frr">The share of known clips rejected at each false-acceptance rate of <see cref="OpenSetFigures.Rates"/>.</param>
/// <param name="AccuracyAtFar5">The share of known clips both right and accepted at 5 % false acceptances.</param>
public sealed record RefusalFigures(double Auroc, double Eer, IReadOnlyDictionary<double, double> Frr, double AccuracyAtFar5);
