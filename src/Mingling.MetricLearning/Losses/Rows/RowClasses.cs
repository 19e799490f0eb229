using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The classes of a batch in the CPU's memory.</summary>
internal static class RowClasses
{
    /// <summary>Classes as numbers from 0, in the order in which they come.</summary>
    /// <param name="labels">Int64 [B].</param>
    public static int[] Number(Tensor labels)
    {
        var given = MemoryMarshal.Cast<byte, long>(labels.contiguous().bytes);
        var numbers = new Dictionary<long, int>();
        int[] classes = new int[given.Length];
        for (int i = 0; i < given.Length; i++)
        {
            if (!numbers.TryGetValue(given[i], out int number)) numbers[given[i]] = number = numbers.Count;
            classes[i] = number;
        }
        return classes;
    }

    /// <summary>The rows of each class, in their order.</summary>
    public static int[][] Members(int[] classes)
    {
        int[] sizes = new int[classes.Length == 0 ? 0 : classes.Max() + 1];
        foreach (int c in classes) sizes[c]++;
        int[][] members = [.. sizes.Select(size => new int[size])];
        Array.Clear(sizes);
        for (int i = 0; i < classes.Length; i++) members[classes[i]][sizes[classes[i]]++] = i;
        return members;
    }

    /// <summary>The rows of the largest class.</summary>
    public static int Largest(Tensor labels) => Members(Number(labels)).Max(rows => rows.Length);
}
