namespace Mingling.Audio.Tests;

/// <summary>Names, texts and numbers of users, as the core reads and shows them.</summary>
public class NameTests
{
    [Theory]
    [InlineData("la\u0308uter", "läuter")]
    [InlineData("е\u0308лка и\u0306од", "ёлка йод")]
    [InlineData("vie\u0323\u0302t", "việt")]
    [InlineData("か\u3099", "が")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("q\u0308", "q\u0308")]
    [InlineData("plain", "plain")]
    public void Compose_gives_the_characters_of_keyboards(string apart, string composed)
    {
        CanonicalComposition.Compose(apart).ShouldBe(composed);
        CanonicalComposition.Compose(composed).ShouldBe(composed);
    }

    [Fact]
    public void Names_are_alike_that_are_one_to_people() =>
        NameKey.Alike(["Stop", "stop", "go", "la\u0308uter", "läuter", "turn  on", "turn on ", "other", "stop"])
            .ShouldBe([["Stop", "stop"], ["la\u0308uter", "läuter"], ["turn  on", "turn on "]]);

    [Theory]
    [InlineData("plain — text, 停, نه\u200Cخیر 👩\u200D💻", "plain — text, 停, نه\u200Cخیر 👩\u200D💻")]
    [InlineData("\u001b]0;title\u0007x", "\\u001b]0;title\\u0007x")]
    [InlineData("a\u202Eb\u2028c\u009Bd\u007F", "a\\u202eb\\u2028c\\u009bd\\u007f")]
    [InlineData("line\nline\t", "line\\u000aline\\u0009")]
    public void OnOneLine_shows_what_would_command_a_terminal(string text, string shown)
    {
        ShownText.OnOneLine(text).ShouldBe(shown);
        ShownText.OnOneLine(shown).ShouldBe(shown);
    }

    [Theory]
    [InlineData("turn on", "turn on")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("../up", "_._up")]
    [InlineData(".hidden", "_hidden")]
    [InlineData("line\nend\u202E\u007F\u0000", "line_end___")]
    [InlineData("", "_")]
    [InlineData("开灯 👩\u200D💻", "开灯 👩\u200D💻")]
    public void Part_of_a_file_name_is_one_on_every_system(string word, string part) => FileNamePart.Of(word, '_').ShouldBe(part);

    [Theory]
    [InlineData("con", "_con")]
    [InlineData("Aux.wav", "_Aux.wav")]
    [InlineData("nul .x", "_nul .x")]
    [InlineData("COM1", "_COM1")]
    [InlineData("lpt³", "_lpt³")]
    [InlineData("console", "console")]
    [InlineData("turn off. . ", "turn off")]
    [InlineData("...", "_")]
    [InlineData(" ", "_")]
    public void Whole_file_name_is_one_on_windows_too(string word, string name) => FileNamePart.Whole(word, '_').ShouldBe(name);

    [Fact]
    public void Part_of_a_file_name_is_short_and_ends_with_a_whole_character()
    {
        FileNamePart.Of(new string('w', 300), '_').ShouldBe(new string('w', 48));
        FileNamePart.Of("a" + string.Concat(Enumerable.Repeat("灯", 300)), '_').ShouldBe("a" + string.Concat(Enumerable.Repeat("灯", 15)));
        FileNamePart.Of("x\uD800y", '_').ShouldBe("x_y");
        FileNamePart.Of("stop_it", '-', separator: '_').ShouldBe("stop-it");
    }

    [Fact]
    public void OnOneLine_shows_half_a_character() => ShownText.OnOneLine("x\uD800y\uDC00").ShouldBe("x\\ud800y\\udc00");

    [Fact]
    public void WithLines_keeps_lines() => ShownText.WithLines("a\tb\r\n\u001bc").ShouldBe("a\tb\r\n\\u001bc");

    [Fact]
    public void MarkdownCell_escapes_what_means_something_in_a_table() => ShownText.MarkdownCell("a|b\n*c* <d>").ShouldBe("a\\|b\\\\u000a\\*c\\* \\<d\\>");

    [Theory]
    [InlineData("0.01", 0.01)]
    [InlineData("-1e-3", -1e-3)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("+2E3", 2000)]
    public void TryReal_reads_numbers_with_a_point(string text, double number)
    {
        NumberText.TryReal(text, out double read).ShouldBeTrue();
        read.ShouldBe(number);
    }

    [Theory]
    [InlineData("0,01", "'0,01' has a comma; write 0.01")]
    [InlineData("1,000.5", "'1,000.5' has separators; write 1000.5")]
    [InlineData("1_000", "'1_000' has separators; write 1000")]
    [InlineData("NaN", "'NaN' is no number such as 0.01")]
    [InlineData("Infinity", "is no number")]
    [InlineData("1e", "is no number")]
    [InlineData("(5)", "is no number")]
    [InlineData("٣", "is no number")]
    [InlineData("", "is no number")]
    public void TryReal_refuses_all_else_and_says_what_is_right(string text, string fault)
    {
        NumberText.TryReal(text, out _).ShouldBeFalse();
        NumberText.Fault(text).ShouldContain(fault);
    }

    [Fact]
    public void IsWhole_takes_digits_alone()
    {
        NumberText.IsWhole("-20").ShouldBeTrue();
        foreach (string text in new[] { "20.0", "1,000", "1e3", "", "x" }) NumberText.IsWhole(text).ShouldBeFalse();
        NumberText.Fault("1,000", isWhole: true).ShouldBe("'1,000' has separators; write 1000");
        NumberText.Fault("1.5", isWhole: true).ShouldBe("'1.5' is no whole number such as 20");
    }

    [Fact]
    public void Decode_reads_unicode_and_refuses_all_else_with_its_line()
    {
        foreach (var encoding in new System.Text.Encoding[] { new System.Text.UTF8Encoding(true), new System.Text.UTF8Encoding(false), new System.Text.UnicodeEncoding(false, true), new System.Text.UnicodeEncoding(true, true), new System.Text.UnicodeEncoding(false, false) })
            TextFile.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("path,label\na.wav,开灯\n")]).ShouldBe("path,label\na.wav,开灯\n");
        TextFile.Decode([]).ShouldBe("");
        TextFile.Decode("a\r\nb\rc\nd"u8).ShouldBe("a\nb\nc\nd");
        Should.Throw<InvalidDataException>(() => TextFile.Decode([.. "a\nb\nf"u8, 0xFC, .. "r\n"u8])).Message.ShouldBe("line 3 is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8')");
        Should.Throw<InvalidDataException>(() => TextFile.Decode([0xFF, 0xFE, 0x41, 0x00, 0x42])).Message.ShouldContain("not whole UTF-16");
    }
}
