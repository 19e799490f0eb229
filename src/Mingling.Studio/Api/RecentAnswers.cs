namespace Mingling.Studio.Api;

/// <summary>The last answers, so that what is asked twice under the same number is done once.</summary>
internal sealed class RecentAnswers<T>
{
    private const int Most = 500, LongestId = 64;

    private readonly Dictionary<string, T> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <summary>The answer that was given under a number, or a new one.</summary>
    /// <param name="id">The number; null for none.</param>
    /// <param name="make">Makes the answer.</param>
    public T Get(string? id, Func<T> make)
    {
        if (id is null || id.Length > LongestId) return make();
        lock (_lock)
        {
            if (_answers.TryGetValue(id, out var known)) return known;
            var made = make();
            _answers[id] = made;
            _order.Enqueue(id);
            if (_order.Count > Most) _answers.Remove(_order.Dequeue());
            return made;
        }
    }
}
