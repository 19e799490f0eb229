using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mingling.Studio.Tests;

/// <summary>The texts of the page.</summary>
public sealed partial class TextTests
{
    private static readonly Assembly Studio = typeof(StudioServer).Assembly;

    [Fact]
    public void Languages_have_the_same_texts_with_the_same_values()
    {
        var english = Texts("en");
        foreach (string language in new[] { "zh" })
        {
            var other = Texts(language);
            other.Keys.Order().ShouldBe(english.Keys.Order());
            foreach (var (key, text) in english) Values(other[key]).ShouldBe(Values(text), $"{language}: {key}");
        }
    }

    [Fact]
    public void Texts_that_the_page_asks_for_exist()
    {
        var english = Texts("en");
        int asked = 0;
        foreach (string name in Studio.GetManifestResourceNames().Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
        {
            foreach (Match match in Asked().Matches(Read(name)))
            {
                asked++;
                english.ShouldContainKey(match.Groups[1].Value, name);
            }
        }
        asked.ShouldBeGreaterThan(100);
        foreach (string state in new[] { "running", "stopping", "stopped", "interrupted", "failed", "done", "elsewhere", "broken" }) english.ShouldContainKey($"state.{state}");
        foreach (string kind in new[] { "silent", "clipped", "short", "long", "quiet", "loud", "offset" }) english.ShouldContainKey($"check.{kind}");
        foreach (string side in new[] { "train", "validation", "test" }) english.ShouldContainKey($"check.side.{side}");
        foreach (string basis in new[] { "measured", "likened", "usual" }) english.ShouldContainKey($"train.cost.{basis}");
        foreach (string problem in new[] { "clipped", "quiet", "silent", "short", "broken" }) english.ShouldContainKey($"record.problem.{problem}");
    }

    [Fact]
    public void Page_makes_no_markup_of_texts_and_has_no_code_within()
    {
        foreach (string name in Studio.GetManifestResourceNames().Where(name => name.StartsWith("page/", StringComparison.Ordinal)))
        {
            string text = Read(name);
            foreach (string forbidden in new[] { "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "https://" }) text.ShouldNotContain(forbidden, Case.Sensitive, name);
            if (name.EndsWith(".html", StringComparison.Ordinal)) text.ShouldNotMatch(@"\son\w+=|style=|<script(?![^>]*src)");
        }
    }

    internal static Dictionary<string, string> Texts(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(Read($"page/texts/{language}.json"))!;

    private static string[] Values(string text) => [.. Value().Matches(text).Select(match => match.Value).Distinct().Order()];

    private static string Read(string name)
    {
        using var reader = new StreamReader(Studio.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\bt\('([^']+)'")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{\w+\}")]
    internal static partial Regex Value();
}
