namespace Mingling.Audio;

/// <summary>Hertz to mel and back on each scale.</summary>
internal static class MelFrequency
{
    private const double SlaneyHzPerMel = 200.0 / 3;
    private const double SlaneyKneeHz = 1000;
    private const double SlaneyKneeMel = SlaneyKneeHz / SlaneyHzPerMel;
    private static readonly double SlaneyLogStep = Math.Log(6.4) / 27;

    public static double FromHz(MelScale scale, double hz) => scale switch
    {
        MelScale.Htk => 2595 * Math.Log10(1 + (hz / 700)),
        MelScale.Kaldi => 1127 * Math.Log(1 + (hz / 700)),
        _ => hz < SlaneyKneeHz ? hz / SlaneyHzPerMel : SlaneyKneeMel + (Math.Log(hz / SlaneyKneeHz) / SlaneyLogStep),
    };

    public static double ToHz(MelScale scale, double mel) => scale switch
    {
        MelScale.Htk => 700 * (Math.Pow(10, mel / 2595) - 1),
        MelScale.Kaldi => 700 * (Math.Exp(mel / 1127) - 1),
        _ => mel < SlaneyKneeMel ? mel * SlaneyHzPerMel : SlaneyKneeHz * Math.Exp((mel - SlaneyKneeMel) * SlaneyLogStep),
    };
}
