using System.Globalization;
using Mingling.Boards.Source;
using Mingling.Recognition.Models;

namespace Mingling.Boards;

/// <summary>The README.md beside the source.</summary>
internal static class BoardReadme
{
    /// <param name="report">What was written.</param>
    /// <param name="rate">The rate of the samples.</param>
    public static string Of(BoardReport report, int rate)
    {
        var card = report.Card;
        string words = string.Join(", ", StreamSource.Words(card).Where(Vocabulary.IsCommand));
        string differing = report.DifferingClips is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"| clips for which 8 bits recognise another word | {100 * share:0.0} % of {report.CheckedClips} |\n") : "";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # {{report.Name}}

            Hears commands in a stream of sound: {{CText.Comment(words)}}. Made by Mingling from a model with the encoder {{card.Encoder}}, {{(report.Int8 ? "in 8-bit integers" : "in floats")}}.

            ```c
            #include "{{report.Name}}.h"

            static {{report.Name}}_spotter spotter;

            static void heard(void *context, const {{report.Name}}_event *event)
            {
                /* {{report.Name}}_words[event->word] */
            }

            {{report.Name}}_init(&spotter, heard, NULL);
            {{report.Name}}_push(&spotter, samples, count);   /* 16-bit samples of {{rate}} Hz, any number at a time */
            ```

            Compile `{{report.Name}}.c` as C99 and link libm; nothing else is needed, and no memory is allocated. `example.c` hears raw sound on its standard input:

            ```
            cc -std=c99 -O2 -o example example.c {{report.Name}}.c -lm
            arecord -q -t raw -f S16_LE -c 1 -r {{rate}} | ./example
            ```

            | | |
            |---|---|
            | tables (ROM, beside some 13 kB of code with libm) | {{report.TableBytes}} bytes |
            | memory of a stream (RAM, the stack aside, on 32 bits) | {{report.StateBytes}} bytes |
            | multiplications and additions of the network, each {{report.StepMs}} ms | {{report.MultiplyAdds}} |
            | largest difference from the model file, in floats | {{report.LargestDifference:0.0e+0}} |
            {{differing}}
            The first window is judged when it is full, with the windows before it at once: that computation takes as long as some dozens of others. Times of events, thresholds and words are those of the model file.

            """);
    }
}
