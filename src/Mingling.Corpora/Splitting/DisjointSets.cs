namespace Mingling.Corpora.Splitting;

/// <summary>Sets of numbers that can be joined (union–find with path halving).</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest member of a number's set.</summary>
    public int Find(int item)
    {
        while (_parent[item] != item)
            item = _parent[item] = _parent[_parent[item]];
        return item;
    }

    /// <summary>Joins the sets of two numbers.</summary>
    public void Join(int a, int b)
    {
        var (first, second) = (Find(a), Find(b));
        _parent[Math.Max(first, second)] = Math.Min(first, second);
    }

    /// <summary>Joins all numbers that share a key; null is no key.</summary>
    public void JoinEqual(IEnumerable<string?> keys)
    {
        var firstOf = new Dictionary<string, int>();
        int item = 0;
        foreach (string? key in keys)
        {
            if (key is not null && !firstOf.TryAdd(key, item))
                Join(firstOf[key], item);
            item++;
        }
    }
}
