namespace Mingling.MetricLearning.Losses;

/// <summary>What a triplet costs, by z = d_ap − d_an + m.</summary>
public enum TripletForm
{
    /// <summary>[z]+, the hinge (Schroff et al. 2015).</summary>
    Hinge,

    /// <summary>log(1 + e^(βz)) / β with sharpness β, the soft margin (Hermans et al. 2017, who use m = 0 and β = 1).</summary>
    SoftMargin,
}
