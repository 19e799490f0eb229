using Mingling.Training.Data;

namespace Mingling.Training.Tests.Data;

public sealed class NoiseBankTests
{
    private const int Rate = 16_000;
    private static readonly float[][] Speech = [[.. Enumerable.Range(0, Rate).Select(i => (float)Math.Sin(i * 0.1))]];

    [Fact]
    public void Noises_are_sound_and_the_same_for_the_same_seed()
    {
        foreach (bool machines in new[] { false, true })
        {
            var noises = NoiseBank.Create(Speech, Rate, seed: 7, machines);
            noises.Count.ShouldBe(machines ? 176 : 32);
            noises.ShouldAllBe(noise => noise.All(float.IsFinite) && noise.Any(sample => sample != 0) && noise.Length == 3 * Rate);
            NoiseBank.Create(Speech, Rate, seed: 7, machines).Zip(noises).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
            NoiseBank.Create(Speech, Rate, seed: 8, machines)[0].SequenceEqual(noises[0]).ShouldBeFalse();
        }
    }

    /// <summary>A hiss has nearly one level; what boils, rattles or rustles has not, and a good part of the noises of a room must be so.</summary>
    [Fact]
    public void A_third_of_the_noises_of_a_room_goes_up_and_down_within_tenths_of_a_second()
    {
        double[] deviations = [.. NoiseBank.Create(Speech, Rate, seed: 7, machines: true).Select(Deviation).Order()];
        deviations[^(deviations.Length / 3)].ShouldBeGreaterThan(1.5);
        // And some hiss evenly.
        deviations[deviations.Length / 10].ShouldBeLessThan(0.6);
    }

    /// <summary>By how many decibels the levels of neighboring stretches of 30 ms differ (the root of the mean of half the squares).</summary>
    private static double Deviation(float[] noise)
    {
        double[] levels = [.. noise.Chunk(480).Select(frame => 10 * Math.Log10(frame.Sum(sample => (double)sample * sample) + 1e-12))];
        return Math.Sqrt(levels.Zip(levels.Skip(1), (a, b) => (a - b) * (a - b) / 2).Average());
    }
}
