using System.Net;
using CsCheck;
using Mingling.Training.Reports.Page;

namespace Mingling.Training.Tests.Reports;

public class HtmlTests
{
    [Fact]
    public void Html_ofAnyText_isTheTextAgainAndNoMarkup() =>
        Gen.String.Sample(text =>
        {
            string html = Html.Of($"{text}").ToString();
            html.ShouldNotContain('<');
            html.ShouldNotContain('>');
            html.ShouldNotContain('"');
            html.ShouldNotContain('\'');
            // A surrogate without its other half is no character.
            if (!text.Any(char.IsSurrogate)) WebUtility.HtmlDecode(html).ShouldBe(text);
        });

    [Fact]
    public void Html_withinHtml_isNotEscapedAgain()
    {
        var word = Html.Word("a<b");
        Html.Of($"<p>{word}</p>{new[] { word, word }}").ToString().ShouldBe("<p><bdi>a&lt;b</bdi></p><bdi>a&lt;b</bdi><bdi>a&lt;b</bdi>");
    }

    [Fact]
    public void Html_ofScriptsOfTheWorld_keepsThemReadable() => Html.Of($"打开 افتح").ToString().ShouldBe(Html.Of($"{"打开 افتح"}").ToString());

    [Fact]
    public void Html_ofNumbers_followsTheirFormat() => Html.Of($"{1234.5:0.00} {3}").ToString().ShouldBe("1234.50 3");
}
