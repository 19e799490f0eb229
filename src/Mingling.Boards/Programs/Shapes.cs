namespace Mingling.Boards.Programs;

/// <summary>Arithmetic of shapes and strides.</summary>
internal static class Shapes
{
    /// <summary>The dimensions that the operations of a program have.</summary>
    public const int Rank = 4;

    /// <summary>The number of values.</summary>
    public static int Size(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Steps from one index to the next along each dimension, row by row.</summary>
    public static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        for (int i = shape.Length - 1, step = 1; i >= 0; step *= shape[i--]) strides[i] = step;
        return strides;
    }

    /// <summary>The shape that two have together, where sizes of 1 are spread.</summary>
    /// <exception cref="BoardGraphException">They do not fit together.</exception>
    public static int[] Broadcast(int[] a, int[] b)
    {
        int[] shape = new int[Math.Max(a.Length, b.Length)];
        for (int i = 0; i < shape.Length; i++)
        {
            int left = At(a, shape.Length, i), right = At(b, shape.Length, i);
            if (left != right && left != 1 && right != 1) throw new BoardGraphException($"the shapes [{string.Join(", ", a)}] and [{string.Join(", ", b)}] do not fit together");
            shape[i] = Math.Max(left, right);
        }
        return shape;
    }

    /// <summary>The steps of a tensor along the dimensions of a larger shape: 0 where it is spread.</summary>
    public static int[] Spread(int[] shape, int[] over)
    {
        int[] own = Strides(shape), strides = new int[over.Length];
        for (int i = 0; i < strides.Length; i++)
        {
            int place = i - (over.Length - shape.Length);
            strides[i] = place >= 0 && shape[place] > 1 ? own[place] : 0;
        }
        return strides;
    }

    /// <summary>Joins dimensions that can be walked as one, and brings all to <see cref="Rank"/> dimensions.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="strides">Steps of each tensor along them; changed to those of the result.</param>
    /// <exception cref="BoardGraphException">More dimensions are left than an operation has.</exception>
    public static int[] Join(int[] shape, int[][] strides)
    {
        var sizes = new List<int>();
        var steps = strides.Select(_ => new List<int>()).ToArray();
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 1) continue;
            int at = i;
            if (sizes.Count > 0 && strides.Zip(steps).All(pair => pair.Second[^1] == pair.First[at] * shape[at]))
            {
                sizes[^1] *= shape[i];
                for (int t = 0; t < steps.Length; t++) steps[t][^1] = strides[t][i];
                continue;
            }
            sizes.Add(shape[i]);
            for (int t = 0; t < steps.Length; t++) steps[t].Add(strides[t][i]);
        }
        if (sizes.Count > Rank) throw new BoardGraphException($"tensors of {sizes.Count} dimensions are walked at once, where at most {Rank} can be");
        for (int t = 0; t < steps.Length; t++) strides[t] = [.. Enumerable.Repeat(0, Rank - sizes.Count), .. steps[t]];
        return [.. Enumerable.Repeat(1, Rank - sizes.Count), .. sizes];
    }

    private static int At(int[] shape, int rank, int i) => i < rank - shape.Length ? 1 : shape[i - (rank - shape.Length)];
}
