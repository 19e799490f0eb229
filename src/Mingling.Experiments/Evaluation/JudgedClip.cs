using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>A labelled clip and what a model says of it.</summary>
/// <param name="Word">The word that is said.</param>
/// <param name="Output">The model's output.</param>
public sealed record JudgedClip(string Word, ClipOutput Output);
