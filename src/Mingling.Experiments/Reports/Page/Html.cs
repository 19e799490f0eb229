using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Mingling.Experiments.Reports.Page;

/// <summary>
/// A piece of HTML. It is made of interpolated strings, and what is filled into one is escaped unless it is HTML itself: nothing from a
/// corpus can become markup, in text as in attributes between double quotes.
/// </summary>
internal sealed class Html
{
    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty { get; } = new("");

    public static Html Format(Template template) => new(template.ToString());

    /// <summary>Markup that is known to be good: our own style sheet and script, and numbers in base64.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    /// <summary>A word of the corpus: its direction of writing must not turn the text around it.</summary>
    public static Html Word(string word) => Format($"<bdi>{word}</bdi>");

    public override string ToString() => _markup;

    [InterpolatedStringHandler]
    internal readonly struct Template(int literalLength, int formattedCount)
    {
        private const int LengthOfHole = 16;

        // All scripts as they are; marks that turn the direction of writing, and other controls, become character references.
        private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _text = new(literalLength + LengthOfHole * formattedCount);

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted<T>(T value, string? format = null)
        {
            if (value is Html html) _text.Append(html._markup);
            else if (value is IEnumerable<Html> parts) _text.AppendJoin("", parts);
            else _text.Append(Escape.Encode(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : $"{value}"));
        }

        public override string ToString() => _text.ToString();
    }
}
