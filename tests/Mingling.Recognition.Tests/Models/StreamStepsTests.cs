using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Models;

public class StreamStepsTests
{
    private static readonly StreamState State = new("a", "b", 2, 3);

    [Fact]
    public void Card_written_and_read_keeps_the_steps()
    {
        ModelCardJson.Write(MadeModel.Card).ShouldNotContain("stream");
        using var recognizer = MadeStreamModel.Load();
        recognizer.Card.Stream.ShouldBe(MadeStreamModel.Steps);
    }

    [Fact]
    public void Load_of_steps_that_make_no_sense_is_refused()
    {
        Refused(new StreamSteps(0, [State]), "a step must have 1 to 1000 frames, not 0");
        Refused(new StreamSteps(8, null!), "the states of the steps are null");
        Refused(new StreamSteps(8, [null!]), "a state of the steps has no name");
        Refused(new StreamSteps(8, [State with { Output = " " }]), "a state of the steps has no name");
        Refused(new StreamSteps(8, [State with { Length = 0 }]), "a state of the steps has no values");
        Refused(new StreamSteps(8, [State with { Channels = int.MaxValue }]), "would fill too much memory");
        Refused(new StreamSteps(8, [State, State with { Output = "c" }]), "two states 'a'");

        static void Refused(StreamSteps steps, string why) => ShouldSay(() => MadeStreamModel.Load(MadeStreamModel.Card with { Stream = steps }), why);
    }

    [Fact]
    public void Load_of_a_graph_with_other_states_says_which()
    {
        ShouldSay(() => MadeStreamModel.Load(MadeStreamModel.Card with { Stream = null }), "it has 3 inputs instead of one");
        ShouldSay(() => MadeStreamModel.Load(MadeStreamModel.Card with { Stream = new(2, [MadeStreamModel.Steps.States[0]]) }), "it has 3 inputs instead of 2");
        ShouldSay(() => MadeStreamModel.Load(MadeStreamModel.Card with { Stream = new(2, [MadeStreamModel.Steps.States[0], State]) }),
            "it has no input 'a'; it has no output 'b'");
        ShouldSay(() => MadeStreamModel.Load(MadeStreamModel.Card with { Stream = new(2, [MadeStreamModel.Steps.States[0] with { Length = 4 }, MadeStreamModel.Steps.States[1]]) }),
            "its input 'state.frames' is [any, 40, 3] instead of [any, 40, 4]");
    }

    [Fact]
    public void Step_used_wrongly_says_so()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        float[] state = new float[model.StateSize], posteriors = new float[3], embedding = new float[MadeModel.EmbeddingSize];
        Should.Throw<ArgumentException>(() => model.Step(new float[40 * 3], state, posteriors, embedding)).Message.ShouldStartWith("made takes whole steps of 2 frames, not 3.");
        Should.Throw<ArgumentException>(() => model.Step([], state, posteriors, embedding)).Message.ShouldStartWith("made takes whole steps of 2 frames, not 0.");

        using var whole = MadeModel.Load();
        using var windows = whole.OpenSpottingModel();
        (windows.StepFrames, windows.StateSize).ShouldBe((0, 0));
        Should.Throw<InvalidOperationException>(() => windows.Step(new float[80], [], posteriors, embedding)).Message.ShouldBe("The model takes whole windows only; call Run.");
    }

    [Fact]
    public void Step_of_no_sound_throws_and_leaves_the_state_as_it_was()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        float[] state = new float[model.StateSize], posteriors = new float[3], embedding = new float[MadeModel.EmbeddingSize];
        float[] features = new float[40 * 8];
        Array.Fill(features, -3f);
        model.Step(features, state, posteriors, embedding);
        float[] kept = [.. state];
        kept.ShouldContain(-3f);
        float[] bad = new float[40 * 8];
        Array.Fill(bad, float.NaN);
        Should.Throw<ModelException>(() => model.Step(bad, state, posteriors, embedding)).Message.ShouldContain("gives no numbers for this sound");
        state.ShouldBe(kept);
    }

    private static void ShouldSay(Action action, string what)
    {
        string message = Should.Throw<ModelException>(action).Message;
        message.ShouldContain(what);
        message.ShouldEndWith(".");
        message.ShouldNotContain("\n");
    }
}
