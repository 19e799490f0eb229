using System.Net;
using CsCheck;
using Mingling.Experiments.Reports.Page;

namespace Mingling.Experiments.Tests.Reports;

public class HtmlTests
{
    [Fact]
    public void Html_of_any_text_is_the_text_again_and_no_markup() =>
        Gen.String.Sample(text =>
        {
            string html = Html.Format($"{text}").ToString();
            html.ShouldNotContain('<');
            html.ShouldNotContain('>');
            html.ShouldNotContain('"');
            html.ShouldNotContain('\'');
            // A surrogate without its other half is no character.
            if (!text.Any(char.IsSurrogate)) WebUtility.HtmlDecode(html).ShouldBe(text);
        });

    [Fact]
    public void Html_within_html_is_not_escaped_again()
    {
        var word = Html.Word("a<b");
        Html.Format($"<p>{word}</p>{new[] { word, word }}").ToString().ShouldBe("<p><bdi>a&lt;b</bdi></p><bdi>a&lt;b</bdi><bdi>a&lt;b</bdi>");
    }

    [Fact]
    public void Html_of_scripts_of_the_world_keeps_them_readable() => Html.Format($"打开 افتح").ToString().ShouldBe(Html.Format($"{"打开 افتح"}").ToString());

    [Fact]
    public void Html_of_numbers_follows_their_format() => Html.Format($"{1234.5:0.00} {3}").ToString().ShouldBe("1234.50 3");
}
