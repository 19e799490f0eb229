namespace Mingling.MetricLearning.Losses;

/// <summary>How near two centres may come.</summary>
public enum SeparationForm
{
    /// <summary>[m − ‖c_j − c_k‖]+², the squared hinge on the Euclidean distance.</summary>
    Hinge,

    /// <summary>cos(c_j, c_k) + 1, the island loss (Cai et al. 2018); the margin is not used.</summary>
    Island,
}

/// <summary>Keeps the centres of the classes in a batch apart: weight · mean over pairs of classes present.</summary>
/// <param name="Weight">The weight μ of the term, at least 0.</param>
/// <param name="Margin">The distance m from which on two centres are far enough, greater than 0; used by the hinge.</param>
/// <param name="Form">The hinge on the distance, or the island loss.</param>
public sealed record CenterSeparation(double Weight, double Margin = 1, SeparationForm Form = SeparationForm.Hinge);
