namespace Mingling.Training.Data;

/// <summary>Directions of embeddings.</summary>
internal static class EmbeddingMath
{
    private const double Least = 1e-12;

    /// <summary>The sum of embeddings, each scaled to length 1: its direction is that of their mean.</summary>
    /// <param name="embeddings">At least one, all of one size.</param>
    public static float[] MeanDirection(IEnumerable<float[]> embeddings)
    {
        float[] sum = [];
        foreach (float[] embedding in embeddings)
        {
            if (sum.Length == 0) sum = new float[embedding.Length];
            double length = Length(embedding);
            for (int d = 0; d < sum.Length; d++) sum[d] += (float)(embedding[d] / length);
        }
        return sum;
    }

    /// <summary>The length, above 0.</summary>
    public static double Length(float[] vector) => Math.Max(Least, Math.Sqrt(Dot(vector, vector)));

    /// <summary>The sum of the products.</summary>
    public static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
