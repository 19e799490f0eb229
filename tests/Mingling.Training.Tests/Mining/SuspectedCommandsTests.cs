using Mingling.Training.Data;
using Mingling.Training.Mining;
using Mingling.Training.Models;

namespace Mingling.Training.Tests.Mining;

/// <summary>Commands in sound that was given as holding none.</summary>
[Collection(TorchRandom.Name)]
public sealed class SuspectedCommandsTests
{
    [Fact]
    public void An_output_is_typical_where_it_is_as_sure_and_as_near_as_a_quarter_of_the_clips()
    {
        // Four clips of class 0 around (1, 0), and none of class 1.
        ClipOutput[] clips = [Output(0.5f, 1, 0.9f), Output(0.6f, 1, 0.4f), Output(0.7f, 1, -0.4f), Output(0.8f, 1, -0.9f)];
        var typical = new TypicalCommands(clips, [0, 0, 0, 0], 2);
        typical.Include(Output(0.61f, 2, 0), 0).ShouldBeTrue();
        typical.Include(Output(0.59f, 2, 0), 0).ShouldBeFalse();
        typical.Include(Output(0.9f, 0.5f, 1), 0).ShouldBeFalse();
        typical.Include(Output(0.1f, 2, 0), 1).ShouldBeFalse();
    }

    [Fact]
    public void Places_are_named_once_the_surest_first_and_those_of_made_sound_never()
    {
        using var model = new CommandModel(Trainings.Recipe, ["_unknown_", "go", "halt"]);
        var data = new TrainingData(model.Classes, [], [], []) { Negatives = [[], [], []], NegativeNames = ["tv.wav", "radio.wav"] };
        int rate = model.SampleRate;
        MinedPlace[] places =
        [
            Place(0, 12.3, 1, 0.9f), Place(0, 12.5, 1, 0.95f), Place(1, 3, 2, 0.99f), Place(1, 60, 2, 0.97f) with { IsTypical = false }, Place(2, 5, 1, 1),
        ];
        SuspectedCommands.Name(places, data, model).ShouldBe("the sound without commands seems to hold 2: 'halt' in radio.wav at 3.0 s, 'go' in tv.wav at 12.5 s; "
            + "a command in it teaches the model not to hear it, and so recordings of at most ten seconds are left out from here on: listen, and take out what is one ('mingling mine' finds them too).");
        SuspectedCommands.Name([Place(2, 5, 1, 1)], data, model).ShouldBeNull();
        SuspectedCommands.Name([.. Enumerable.Range(1, 7).Select(i => Place(0, 10 * i, 1, 1 - (i / 100f)))], data, model)!.ShouldContain("at 50.0 s and 2 more;");

        MinedPlace Place(int recording, double end, int command, float score) => new(recording, (int)((end - 1) * rate), (int)(end * rate), command, score, true);
    }

    private static ClipOutput Output(float posterior, float x, float y) => new([posterior, 1 - posterior], [x, y]);
}
