using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>A piece of a line in one font and one direction.</summary>
/// <param name="Text">Its characters in the order in which they are read.</param>
/// <param name="Font">Its font.</param>
internal sealed record TextRun(string Text, SKTypeface Font)
{
    private enum Direction
    {
        Neutral,
        LeftToRight,
        RightToLeft,
    }

    /// <summary>
    /// The pieces of a line from left to right: a label's share of Unicode's bidirectional algorithm, without embeddings and mirroring.
    /// The line runs as its first letter does; signs and spaces between letters of one direction run with them, others with the line.
    /// </summary>
    /// <param name="text">The line; control characters are taken as spaces.</param>
    /// <param name="font">The font of a character, given the font before it.</param>
    public static IReadOnlyList<TextRun> Split(string text, Func<Rune, SKTypeface?, SKTypeface> font)
    {
        Rune[] runes = [.. text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune)];
        var directions = Resolve([.. runes.Select(DirectionOf)]);
        var pieces = new List<(Direction Direction, TextRun Run)>();
        for (int from = 0; from < runes.Length;)
        {
            int to = from;
            var own = font(runes[from], null);
            while (++to < runes.Length && directions[to] == directions[from] && font(runes[to], own) == own)
            {
            }
            pieces.Add((directions[from], new TextRun(string.Concat(runes[from..to]), own)));
            from = to;
        }
        return [.. Visual(pieces, directions.FirstOrDefault(direction => direction != Direction.Neutral)).Select(piece => piece.Run)];
    }

    private static Direction[] Resolve(Direction[] directions)
    {
        var line = directions.FirstOrDefault(direction => direction != Direction.Neutral);
        if (line == Direction.Neutral) line = Direction.LeftToRight;
        for (int i = 0; i < directions.Length; i++)
        {
            if (directions[i] != Direction.Neutral) continue;
            var before = i == 0 ? line : directions[i - 1];
            var after = directions.Skip(i).FirstOrDefault(direction => direction != Direction.Neutral, line);
            directions[i] = before == after ? before : line;
        }
        return directions;
    }

    /// <summary>In a line from right to left all pieces change places, and those from left to right that stand together change back.</summary>
    private static IEnumerable<(Direction Direction, TextRun Run)> Visual(List<(Direction Direction, TextRun Run)> pieces, Direction line)
    {
        var reversed = line == Direction.RightToLeft ? Direction.LeftToRight : Direction.RightToLeft;
        for (int from = 0; from < pieces.Count;)
        {
            int to = from;
            while (to < pieces.Count && pieces[to].Direction == reversed) to++;
            if (to > from) pieces.Reverse(from, to - from);
            from = Math.Max(to, from + 1);
        }
        if (line == Direction.RightToLeft) pieces.Reverse();
        return pieces;
    }

    private static Direction DirectionOf(Rune rune)
    {
        if (rune.Value is >= 0x590 and < 0x900 or >= 0xFB1D and < 0xFE00 or >= 0xFE70 and < 0xFF00 or >= 0x10800 and < 0x11000 or >= 0x1E800 and < 0x1F000
            && !Rune.IsDigit(rune)) return Direction.RightToLeft;
        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            ? Direction.LeftToRight : Direction.Neutral;
    }
}
