using static TorchSharp.torch;

namespace Mingling.Training.Passes;

/// <summary>What is drawn for a whole step, the same in every process.</summary>
/// <param name="Seed">The seed of the step, from which that of each micro-batch follows.</param>
/// <param name="Share">λ, the share of the own clip where clips are mixed (mixup); 1 where they are not.</param>
/// <param name="LastDecisionsAlone">Of running sound: whether only the last decision of each clip is heard, as a clip without a past.</param>
internal sealed record StepDraws(ulong Seed, double Share, bool LastDecisionsAlone)
{
    /// <summary>Of running sound: how often clips are heard alone, because an encoder that learns from it is asked about clips too.</summary>
    private const float ClipShare = 0.25f;

    private const ulong WholeStream = 1, EncoderStream = 2, PartnerStream = 3;

    /// <summary>Draws for a step. Leaves libtorch's random state as the seed has it, for what the loss draws.</summary>
    /// <param name="seed">The seed of the step.</param>
    /// <param name="mixup">α of Beta(α, α), of which λ is drawn; 0 for no mixing.</param>
    public static StepDraws Of(ulong seed, double mixup)
    {
        using var scope = NewDisposeScope();
        random.manual_seed((long)(SeededRandom.Derive(seed, WholeStream) >> 1));
        bool lastAlone = rand(1).item<float>() < ClipShare;
        if (mixup == 0) return new StepDraws(seed, 1, lastAlone);
        using var concentration = tensor((float)mixup);
        using var beta = distributions.Beta(concentration, concentration);
        double drawn = beta.sample().item<float>();
        // The larger share is the own word's: the pairs are the same the other way round.
        return new StepDraws(seed, Math.Max(drawn, 1 - drawn), lastAlone);
    }

    /// <summary>Whether clips are mixed.</summary>
    public bool Mixes => Share < 1;

    /// <summary>The seed of what the encoder draws for a micro-batch.</summary>
    public long EncoderSeed(int index) => (long)(SeededRandom.Derive(Seed, EncoderStream, (ulong)index) >> 1);

    /// <summary>The row that is mixed into each row of a micro-batch: another one of the same micro-batch where there are several.</summary>
    public int[] PartnersOf(int index, int[] rows)
    {
        if (rows.Length < 2) return rows;
        int turn = 1 + new SeededRandom(SeededRandom.Derive(Seed, PartnerStream, (ulong)index)).Next(rows.Length - 1);
        return [.. rows.Select((_, i) => rows[(i + turn) % rows.Length])];
    }
}
