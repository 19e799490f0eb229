namespace Mingling.MetricLearning.Losses;

/// <summary>What a triplet costs, by z = d_ap − d_an + m.</summary>
public enum TripletForm
{
    /// <summary>[z]+, the hinge (Schroff et al. 2015).</summary>
    Hinge,

    /// <summary>log(1 + e^z), the soft margin (Hermans et al. 2017, who use m = 0).</summary>
    SoftMargin,
}
