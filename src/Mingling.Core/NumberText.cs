using System.Globalization;

namespace Mingling;

/// <summary>
/// Numbers as users write them, by one strict rule: ASCII digits, a point for the decimals, an exponent, a sign. No separators of thousands,
/// no blanks within, neither infinity nor NaN.
/// </summary>
internal static class NumberText
{
    /// <summary>Reads a number.</summary>
    public static bool TryReal(string text, out double number)
    {
        number = 0;
        text = text.Trim();
        return IsNumber(text, isWhole: false) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>Whether a text is a whole number, of any size.</summary>
    public static bool IsWhole(string text) => IsNumber(text.Trim(), isWhole: true);

    /// <summary>What a text is instead of a number, as the end of a sentence: "'0,01' has a comma; write 0.01".</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether the number must be whole.</param>
    public static string Fault(string text, bool isWhole = false)
    {
        string pointed = text.Trim().Replace(',', '.');
        if (text.Contains(',') && !isWhole && IsNumber(pointed, isWhole)) return $"'{text}' has a comma; write {pointed}";
        string joined = text.Trim().Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (joined != text.Trim() && IsNumber(joined, isWhole)) return $"'{text}' has separators; write {joined}";
        return isWhole ? $"'{text}' is no whole number such as 20" : $"'{text}' is no number such as 0.01";
    }

    private static bool IsNumber(string text, bool isWhole)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0, digits = Digits();
        if (isWhole) return digits > 0 && at == text.Length;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            digits += Digits();
        }
        if (digits == 0) return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (Digits() == 0) return false;
        }
        return at == text.Length;

        int Digits()
        {
            int from = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            return at - from;
        }
    }
}
