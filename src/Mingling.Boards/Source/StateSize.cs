using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingling.Boards.Source;

/// <summary>The size of a stream's memory, told from the declaration, where pointers have 32 bits and 64-bit numbers begin at multiples of 8.</summary>
internal static partial class StateSize
{
    /// <summary>The bytes of the last structure of a header.</summary>
    public static int Of(string header)
    {
        var types = new Dictionary<string, (int Size, int Alignment)>(StringComparer.Ordinal)
        {
            ["int64_t"] = (8, 8),
            ["double"] = (8, 8),
            ["float"] = (4, 4),
            ["int32_t"] = (4, 4),
            ["int"] = (4, 4),
            ["int16_t"] = (2, 2),
            ["uint8_t"] = (1, 1),
            ["int8_t"] = (1, 1),
        };
        foreach (Match alias in Alias().Matches(header)) types[alias.Groups[2].Value] = types.GetValueOrDefault(alias.Groups[1].Value, (4, 4));
        int last = 0;
        header = Comment().Replace(header, "");
        foreach (Match structure in Structure().Matches(header))
        {
            int size = 0, largest = 1;
            foreach (string line in structure.Groups[1].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                string[] words = line.Split(' ', 2);
                if (words.Length < 2) continue;
                foreach (string member in words[1].Split(", "))
                {
                    var (each, alignment) = member.StartsWith('*') ? (4, 4) : types.GetValueOrDefault(words[0], (4, 4));
                    int count = Dimension().Matches(member).Aggregate(1, (product, dimension) => product * Product(dimension.Groups[1].Value));
                    size = ((size + alignment - 1) / alignment * alignment) + (each * count);
                    largest = Math.Max(largest, alignment);
                }
            }
            last = (size + largest - 1) / largest * largest;
            types[structure.Groups[2].Value] = (last, largest);
        }
        return last;
    }

    private static int Product(string factors) => factors.Split('*', StringSplitOptions.TrimEntries).Aggregate(1, (product, factor) => product * int.Parse(factor, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"typedef (\w+) (\w+);")]
    private static partial Regex Alias();

    [GeneratedRegex(@"typedef struct \w*\s*\{(.*?)\} (\w+);", RegexOptions.Singleline)]
    private static partial Regex Structure();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\[([0-9 *]+)\]")]
    private static partial Regex Dimension();
}
