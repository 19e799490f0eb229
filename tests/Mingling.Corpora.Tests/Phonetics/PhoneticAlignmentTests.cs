using CsCheck;
using Mingling.Corpora.Phonetics;

namespace Mingling.Corpora.Tests.Phonetics;

public class PhoneticAlignmentTests
{
    private static readonly SoundWeights Weights = new();

    private static readonly Gen<PhoneticForm> Forms = IpaTests.AnyIpa.Select(ipa => Transcription.ReadIpa("a" + ipa));

    [Fact]
    public void Distance_is_the_cheapest_of_all_edits() => Gen.Select(Short, Short).Sample((a, b) =>
    {
        var (massA, massB) = (Weights.Masses(a.Sounds), Weights.Masses(b.Sounds));
        var alignment = PhoneticAlignment.Align(a, b);
        alignment.Distance.ShouldBe(Naive(0, 0), 1e-12);

        double Naive(int i, int k)
        {
            if (i == massA.Length) return massB[k..].Sum();
            if (k == massB.Length) return massA[i..].Sum();
            double replaced = Weights.Difference(a.Sounds[i], b.Sounds[k]) * (massA[i] + massB[k]) + Naive(i + 1, k + 1);
            return Math.Min(replaced, Math.Min(massA[i] + Naive(i + 1, k), massB[k] + Naive(i, k + 1)));
        }
    }, iter: 300);

    [Fact]
    public void Alignment_holds_each_sound_once_in_order_and_costs_its_distance() => Gen.Select(Forms, Forms).Sample((a, b) =>
    {
        var alignment = PhoneticAlignment.Align(a, b);
        alignment.Sounds.Where(pair => pair.First is not null).Select(pair => pair.First).ShouldBe(a.Sounds);
        alignment.Sounds.Where(pair => pair.Second is not null).Select(pair => pair.Second).ShouldBe(b.Sounds);
        var (massA, massB) = (Weights.Masses(a.Sounds), Weights.Masses(b.Sounds));
        int i = 0, k = 0;
        double cost = alignment.Sounds.Sum(pair =>
            pair.Difference * ((pair.First is null ? 0 : massA[i++]) + (pair.Second is null ? 0 : massB[k++])));
        cost.ShouldBe(alignment.Distance, 1e-9);
    }, iter: 1000);

    [Fact]
    public void Similarity_is_symmetric_and_one_only_for_the_same_sounds() => Gen.Select(Forms, Forms).Sample((a, b) =>
    {
        var (there, back) = (PhoneticAlignment.Align(a, b), PhoneticAlignment.Align(b, a));
        there.Similarity.ShouldBe(back.Similarity);
        there.Similarity.ShouldBeInRange(0, 1);
        (there.Similarity == 1).ShouldBe(there.Sounds.All(pair => !pair.Differ));
        PhoneticAlignment.Align(a, a).Similarity.ShouldBe(1);
    }, iter: 1000);

    [Fact]
    public void Difference_of_consonants_and_of_vowels_is_a_metric()
    {
        Sound[] all = [.. "ptkʔbdɡqfsʃxħhvzmnŋlrɹjwʕɫɓiyɨuɪʊeoəɛɔæaɑɚ".Select(letter => Transcription.ReadIpa(letter.ToString()).Sounds[0]),
            .. new[] { "tʃ", "tʰ", "tˤ", "aː", "ã", "i˥˩", "i˧˥" }.Select(ipa => Transcription.ReadIpa(ipa).Sounds[0])];
        foreach (var kind in all.GroupBy(sound => sound.Kind))
        {
            foreach (var a in kind)
            {
                foreach (var b in kind)
                {
                    double ab = Weights.Difference(a, b);
                    ab.ShouldBe(Weights.Difference(b, a));
                    (ab == 0).ShouldBe(ReferenceEquals(a, b), $"{a} {b}");
                    foreach (var c in kind) ab.ShouldBeLessThanOrEqualTo(Weights.Difference(a, c) + Weights.Difference(c, b) + 1e-12);
                }
            }
        }
    }

    [Theory]
    [InlineData("pat", "bat", "mat")]
    [InlineData("pat", "pæt", "put")]
    [InlineData("kaŋ", "kan", "kas")]
    [InlineData("taʔ", "ta", "t")]
    [InlineData("ma55", "ma35", "mi55")]
    [InlineData("tima", "timo", "mati")]
    [InlineData("laː", "la", "l")]
    [InlineData("tija", "tia", "tika")]
    [InlineData("ˈpata", "paˈta", "ˈpasa")]
    public void Similarity_is_greater_where_the_ear_hears_less_difference(string word, string near, string far) =>
        Similarity(word, near).ShouldBeGreaterThan(Similarity(word, far));

    [Fact]
    public void Similarity_counts_the_beginning_more_than_the_end() => Similarity("tana", "sana").ShouldBeLessThan(Similarity("anat", "anas"));

    private static Gen<PhoneticForm> Short => Forms.Where(form => form.Sounds.Count <= 6);

    private static double Similarity(string a, string b) => PhoneticAlignment.Align(Transcription.ReadIpa(a), Transcription.ReadIpa(b)).Similarity;
}
