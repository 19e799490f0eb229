using System.Text;

namespace Mingling.Corpora.Phonetics;

/// <summary>
/// Takes accented letters apart. The runtime's own normalisation does nothing without the libraries for cultures, which this project
/// does without.
/// </summary>
internal static class Accents
{
    /// <summary>Each mark with the letters that carry it, composed and bare by turns.</summary>
    private static readonly (char Mark, string Letters)[] Marks =
    [
        ('\u0300', "àaèeìiòoùuỳyǹnẁw"), ('\u0301', "áaéeíióoúuýyńnḿmǽæǿøćcśsźzĺlŕrǵgḱkṕpẃw"), ('\u0302', "âaêeîiôoûuŷyĉcĝgĥhĵjŝsŵwẑz"),
        ('\u0303', "ãaẽeĩiõoũuỹyñnṽv"), ('\u0304', "āaēeīiōoūuȳyǣæḡg"), ('\u0306', "ăaĕeĭiŏoŭuğg"), ('\u0308', "äaëeïiöoüuÿyḧhẅwẍxẗt"),
        ('\u030A', "åaůuẘwẙy"), ('\u030B', "őoűu"), ('\u030C', "ǎaěeǐiǒoǔučcďdǧgȟhǰjǩkľlňnřršsťtžz"), ('\u030F', "ȁaȅeȉiȍoȕuȑr"),
        ('\u0311', "ȃaȇeȋiȏoȗuȓr"), ('\u0325', "ḁa"), ('\u0330', "ḛeḭiṵu"),
    ];

    private static readonly Dictionary<char, string> Apart = Marks
        .SelectMany(mark => mark.Letters.Chunk(2).Select(pair => (Composed: pair[0], Apart: $"{pair[1]}{mark.Mark}")))
        .ToDictionary(letter => letter.Composed, letter => letter.Apart);

    /// <summary>The text with small accented letters as letter and mark; ç, a letter of its own in the phonetic alphabet, in one.</summary>
    public static string Decompose(string text)
    {
        var apart = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (Apart.TryGetValue(letter, out string? both)) apart.Append(both);
            else apart.Append(letter);
        }
        return apart.Replace("c\u0327", "ç").ToString();
    }
}
