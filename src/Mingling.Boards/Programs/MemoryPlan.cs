namespace Mingling.Boards.Programs;

/// <summary>
/// Where the results of a step lie: tensors that are never needed at the same time share memory. The largest are placed first, each at the
/// first place that is free while it is needed. Floats and bytes have memory of their own.
/// </summary>
internal sealed class MemoryPlan
{
    private readonly Dictionary<object, int> _places = new(ReferenceEqualityComparer.Instance);

    /// <param name="program">The program.</param>
    public MemoryPlan(BoardProgram program)
    {
        List<Need> needs = [];
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Constant is not null || tensor.IsState) continue;
            int[] uses = [.. Enumerable.Range(0, program.Operations.Count).Where(i => program.Operations[i].Inputs.Contains(tensor) || ReferenceEquals(program.Operations[i].Output, tensor))];
            int first = ReferenceEquals(tensor, program.Features) || uses.Length == 0 ? 0 : uses[0];
            bool isResult = ReferenceEquals(tensor, program.Embedding) || ReferenceEquals(tensor, program.Scores);
            needs.Add(new Need(tensor, tensor.Size, first, isResult ? program.Operations.Count : uses.DefaultIfEmpty(0).Max(), tensor.Bytes is not null));
        }
        for (int i = 0; i < program.Operations.Count; i++)
        {
            if (program.Operations[i] is Convolution { Output.Bytes: null } conv) needs.Add(new Need(conv, conv.Sizes.Patch, i, i, false));
            if (program.Operations[i] is Convolution { Output.Bytes: not null } bytes) PatchValues = Math.Max(PatchValues, bytes.Sizes.Patch);
        }
        Floats = Place([.. needs.Where(need => !need.IsBytes)]);
        Bytes = Place([.. needs.Where(need => need.IsBytes)]);
    }

    /// <summary>Floats that are needed.</summary>
    public int Floats { get; }

    /// <summary>Bytes that are needed.</summary>
    public int Bytes { get; }

    /// <summary>The largest number of values that one output of a convolution of bytes is made of.</summary>
    public int PatchValues { get; }

    /// <summary>Where a tensor lies.</summary>
    public int PlaceOf(BoardTensor tensor) => _places[tensor];

    /// <summary>Where a convolution of floats gathers what an output is made of.</summary>
    public int PatchOf(Convolution conv) => _places[conv];

    private int Place(Need[] needs)
    {
        var placed = new List<(Need Need, int Place)>();
        foreach (var need in needs.OrderByDescending(need => need.Size))
        {
            int place = 0;
            foreach (var (other, at) in placed.Where(other => other.Need.First <= need.Last && need.First <= other.Need.Last).OrderBy(other => other.Place))
            {
                if (place + need.Size <= at) break;
                place = Math.Max(place, at + other.Size);
            }
            placed.Add((need, place));
            _places[need.Owner] = place;
        }
        return placed.Select(one => one.Place + one.Need.Size).DefaultIfEmpty(0).Max();
    }

    /// <summary>A tensor, or the patch of a convolution, and the operations from and to which it is needed.</summary>
    private sealed record Need(object Owner, int Size, int First, int Last, bool IsBytes);
}
