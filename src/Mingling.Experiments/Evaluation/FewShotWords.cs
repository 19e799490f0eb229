using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>The clips of the known words as points on the unit sphere, from which enrolment and test clips are drawn.</summary>
internal sealed class FewShotWords
{
    private readonly EmbeddingSet<double> _points;
    private readonly int[][] _clipsOfWord;

    /// <exception cref="ArgumentException">There are fewer than two words, or a word has too few clips.</exception>
    public FewShotWords(IReadOnlyList<JudgedClip> clips, int shots)
    {
        Words = [.. clips.Select(clip => clip.Word).Distinct().Order(StringComparer.Ordinal)];
        if (Words.Count < 2)
            throw new ArgumentException(Words.Count == 0 ? "there are no clips of known words; at least two words are needed."
                : $"'{Words[0]}' is the only known word; at least two words are needed to tell apart.", nameof(clips));
        var index = ClassNumbers.ByName(Words);
        int[] labels = [.. clips.Select(clip => index[clip.Word])];
        _clipsOfWord = [.. Words.Select((_, word) => Enumerable.Range(0, labels.Length).Where(i => labels[i] == word).ToArray())];
        for (int word = 0; word < Words.Count; word++)
            if (_clipsOfWord[word].Length <= shots)
                throw new ArgumentException(
                    $"'{Words[word]}' has {_clipsOfWord[word].Length} clips, of which {shots} cannot be enrolled with one left to test; "
                    + $"enrol at most {_clipsOfWord[word].Length - 1}, or leave the word out.", nameof(clips));
        _points = OnSphere(clips, labels);
        Shots = shots;
    }

    /// <summary>The words in ordinal order; their places are their labels.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>K.</summary>
    public int Shots { get; }

    /// <summary>The clips that the word with the fewest has left to test.</summary>
    public int FewestLeft => _clipsOfWord.Min(clips => clips.Length) - Shots;

    /// <summary>Embeddings brought to unit length, so that Euclidean distance ranks as cosine similarity does.</summary>
    /// <exception cref="ArgumentException">The embeddings differ in length, or a value is not finite.</exception>
    public static EmbeddingSet<double> OnSphere(IReadOnlyList<JudgedClip> clips, int[] labels)
    {
        int dimension = clips[0].Output.Embedding.Length;
        if (clips.FirstOrDefault(clip => clip.Output.Embedding.Length != dimension) is { } other)
            throw new ArgumentException(
                $"embeddings must be of one length, but there are {dimension} and {other.Output.Embedding.Length}.", nameof(clips));
        double[] values = [.. clips.SelectMany(clip => clip.Output.Embedding).Select(value => (double)value)];
        return new EmbeddingSet<double>(values, dimension, labels).Normalized();
    }

    /// <summary>The points of some clips.</summary>
    public EmbeddingSet<double> Points(IReadOnlyList<int> clips)
    {
        double[] values = new double[clips.Count * _points.Dimension];
        for (int i = 0; i < clips.Count; i++) _points.Row(clips[i]).CopyTo(values.AsSpan(i * _points.Dimension));
        return new EmbeddingSet<double>(values, _points.Dimension, [.. clips.Select(clip => _points.LabelOf(clip))]);
    }

    /// <summary>Draws K clips of each of some words for enrolment and up to a number of its others for the test.</summary>
    public FewShotDraw Draw(IEnumerable<int> words, int tested, Random random)
    {
        List<int> enrolled = [], others = [];
        foreach (int word in words)
        {
            int[] clips = [.. _clipsOfWord[word]];
            int taken = (int)Math.Min(clips.Length, (long)Shots + tested);
            Shuffle(clips, taken, random);
            enrolled.AddRange(clips[..Shots]);
            others.AddRange(clips[Shots..taken]);
        }
        return new FewShotDraw(enrolled, others);
    }

    /// <summary>Puts a uniform sample without repetition into the first places (Fisher and Yates).</summary>
    public static void Shuffle(int[] items, int count, Random random)
    {
        for (int i = 0; i < count; i++)
        {
            int from = random.Next(i, items.Length);
            (items[i], items[from]) = (items[from], items[i]);
        }
    }
}
