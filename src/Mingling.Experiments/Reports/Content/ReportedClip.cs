using Mingling.Corpora;

namespace Mingling.Experiments.Reports.Content;

/// <summary>A clip that judged a run, and what the run made of it.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Samples">Its sound: mono, −1…1, at the model's rate.</param>
/// <param name="Said">The index of the word that is said, among the classes of the run.</param>
/// <param name="Recognized">The index of the word that was recognised.</param>
/// <param name="Score">The probability that the model gave to the recognised word.</param>
public sealed record ReportedClip(CorpusClip Clip, float[] Samples, int Said, int Recognized, double Score)
{
    /// <summary>Whether it was taken for another word.</summary>
    public bool IsError => Said != Recognized;
}
