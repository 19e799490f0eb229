using Mingling.Boards.Source;

namespace Mingling.Boards.Tests.Source;

public sealed class CTextTests
{
    [Theory]
    [InlineData(1f, "1.0f")]
    [InlineData(-0.5f, "-0.5f")]
    [InlineData(1e-9f, "1E-09f")]
    [InlineData(16777216f, "16777216.0f")]
    public void Number_is_a_float_of_C(float value, string expected) => CText.Number(value).ShouldBe(expected);

    [Theory]
    [InlineData("go", "\"go\"")]
    [InlineData("a\"b\\", "\"a\\042b\\134\"")]
    [InlineData("灯", "\"\\347\\201\\257\"")]
    [InlineData("??=", "\"\\077\\077=\"")]
    public void Text_is_quoted_for_every_compiler(string text, string expected) => CText.Quoted(text).ShouldBe(expected);

    [Fact]
    public void Comment_ends_nowhere() => CText.Comment("a */ b /* c\nd").ShouldNotContain("*/");

    [Fact]
    public void Sizes_of_structures_follow_their_declarations() => StateSize.Of("""
        typedef int16_t x_sample;
        typedef struct {
            int64_t born[2], blocks;
            uint8_t order[2], count;
            x_sample samples[2][5];
        } x_room;
        typedef struct x_spotter {
            x_handler heard;
            void *context;
            int64_t n;
            float powers[3]; /* a comment; with [9] */
            x_room room;
            uint8_t bytes[3 * 5];
        } x_spotter;
        """).ShouldBe(8 + 8 + 12 + 4 + 48 + 16);
}
