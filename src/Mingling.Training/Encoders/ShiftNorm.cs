using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>A batch norm of [B, C, T] with a shift and no scale, which a ReLU and the weights behind it make superfluous.</summary>
internal sealed class ShiftNorm : nn.Module<Tensor, Tensor>, IFoldedNorm
{
    private readonly BatchNorm1d norm;
    private readonly Parameter bias;

    public ShiftNorm(int channels) : base(nameof(ShiftNorm))
    {
        norm = nn.BatchNorm1d(channels, affine: false);
        bias = nn.Parameter(zeros(channels, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var normed = norm.call(x);
        return normed + bias;
    }

    public (Tensor Scale, Tensor Shift) Affine()
    {
        using var quiet = no_grad();
        var scale = (norm.running_var!.to(float64) + norm.eps).rsqrt();
        return (scale, bias.flatten().to(float64) - norm.running_mean!.to(float64) * scale);
    }
}
