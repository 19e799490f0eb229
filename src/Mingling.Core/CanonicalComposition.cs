using System.Text;

namespace Mingling;

/// <summary>
/// Unicode's canonical composition (UAX #15): a letter and a mark after it become the one character that means both, as names come from
/// keyboards; file systems of macOS take them apart. The runtime's own normalisation does nothing without the libraries for cultures.
/// </summary>
internal static class CanonicalComposition
{
    private const int HangulFirst = 0xAC00, Leads = 0x1100, Vowels = 0x1161, Trails = 0x11A7, LeadCount = 19, VowelCount = 21, TrailCount = 28;

    /// <summary>Each mark with the characters that take it, bare and composed by turns.</summary>
    private static readonly (char Mark, string Pairs)[] Marks =
    [
        ('\u0300', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃἈἊἉἋ"),
        ('\u0300', "ἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ\u1FBF\u1FCDϊῒΙῚ\u1FFE\u1FDDϋῢΥῪ\u00A8\u1FEDΟῸΩῺ"),
        ('\u0301', "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ\u00A8\u0385ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉ"),
        ('\u0301', "ĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ\u1FBF\u1FCE"),
        ('\u0301', "\u1FFE\u1FDE"), ('\u0302', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ('\u0303', "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ('\u0304', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹιῑΙῙυῡΥῩ"),
        ('\u0306', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ"),
        ('\u0307', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
        ('\u0308', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ('\u0309', "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"), ('\u030A', "AÅaåUŮuůwẘyẙ"), ('\u030B', "OŐoőUŰuűУӲуӳ"),
        ('\u030C', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"), ('\u030F', "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
        ('\u0311', "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"), ('\u0313', "αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ"), ('\u0314', "αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ"),
        ('\u031B', "OƠoơUƯuư"), ('\u0323', "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ('\u0324', "UṲuṳ"), ('\u0325', "AḀaḁ"), ('\u0326', "SȘsșTȚtț"), ('\u0327', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ('\u0328', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"), ('\u032D', "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"), ('\u032E', "HḪhḫ"), ('\u0330', "EḚeḛIḬiḭUṴuṵ"),
        ('\u0331', "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
        ('\u0338', "\u2190\u219A\u2192\u219B\u2194\u21AE\u21D0\u21CD\u21D4\u21CE\u21D2\u21CF\u2203\u2204\u2208\u2209\u220B\u220C\u2223\u2224\u2225\u2226"),
        ('\u0338', "\u223C\u2241\u2243\u2244\u2245\u2247\u2248\u2249\u003D\u2260\u2261\u2262\u224D\u226D\u003C\u226E\u003E\u226F\u2264\u2270\u2265\u2271"),
        ('\u0338', "\u2272\u2274\u2273\u2275\u2276\u2278\u2277\u2279\u227A\u2280\u227B\u2281\u2282\u2284\u2283\u2285\u2286\u2288\u2287\u2289\u22A2\u22AC"),
        ('\u0338', "\u22A8\u22AD\u22A9\u22AE\u22AB\u22AF\u227C\u22E0\u227D\u22E1\u2291\u22E2\u2292\u22E3\u22B2\u22EA\u22B3\u22EB\u22B4\u22EC\u22B5\u22ED"),
        ('\u0342', "ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ\u00A8\u1FC1ηῆ\u1FBF\u1FCFιῖϊῗ\u1FFE\u1FDFυῦϋῧωῶ"),
        ('\u0345', "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ"),
        ('\u0653', "اآ"), ('\u0654', "اأوؤيئەۀہۂےۓ"), ('\u0655', "اإ"), ('\u093C', "नऩरऱळऴ"), ('\u09BE', "\u09C7\u09CB"), ('\u09D7', "\u09C7\u09CC"),
        ('\u0B3E', "\u0B47\u0B4B"), ('\u0B56', "\u0B47\u0B48"), ('\u0B57', "\u0B47\u0B4C"), ('\u0BBE', "\u0BC6\u0BCA\u0BC7\u0BCB"),
        ('\u0BD7', "ஒஔ\u0BC6\u0BCC"), ('\u0C56', "\u0C46\u0C48"), ('\u0CC2', "\u0CC6\u0CCA"), ('\u0CD5', "\u0CBF\u0CC0\u0CC6\u0CC7\u0CCA\u0CCB"),
        ('\u0CD6', "\u0CC6\u0CC8"), ('\u0D3E', "\u0D46\u0D4A\u0D47\u0D4B"), ('\u0D57', "\u0D46\u0D4C"), ('\u0DCA', "\u0DD9\u0DDA\u0DDC\u0DDD"),
        ('\u0DCF', "\u0DD9\u0DDC"), ('\u0DDF', "\u0DD9\u0DDE"), ('\u102E', "ဥဦ"),
        ('\u1B35', "ᬅᬆᬇᬈᬉᬊᬋᬌᬍᬎᬑᬒ\u1B3A\u1B3B\u1B3C\u1B3D\u1B3E\u1B40\u1B3F\u1B41\u1B42\u1B43"),
        ('\u3099', "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ"),
        ('\u309A', "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    ];

    private static readonly Dictionary<(char Bare, char Mark), char> Composed = Marks
        .SelectMany(mark => mark.Pairs.Chunk(2).Select(pair => (Bare: pair[0], mark.Mark, Composed: pair[1])))
        .ToDictionary(letter => (letter.Bare, letter.Mark), letter => letter.Composed);

    /// <summary>The text composed. Marks are taken in the order in which they stand, which for text that was decomposed is Unicode's.</summary>
    public static string Compose(string text)
    {
        if (text.All(char.IsAscii)) return text;
        var composed = new StringBuilder(text.Length);
        int letter = -1;
        foreach (char next in text)
        {
            if (letter >= 0 && Pair(composed[letter], next) is { } one)
            {
                composed[letter] = one;
                continue;
            }
            composed.Append(next);
            // A mark that does not compose stands between its letter and those after it.
            if (!IsMark(next) || letter < 0) letter = composed.Length - 1;
        }
        return composed.ToString();
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    private static char? Pair(char first, char second)
    {
        int lead = first - Leads, vowel = second - Vowels, trail = second - Trails, syllable = first - HangulFirst;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount) return (char)(HangulFirst + (((lead * VowelCount) + vowel) * TrailCount));
        if (syllable is >= 0 and < LeadCount * VowelCount * TrailCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount) return (char)(first + trail);
        return Composed.TryGetValue((first, second), out char both) ? both : null;
    }
}
