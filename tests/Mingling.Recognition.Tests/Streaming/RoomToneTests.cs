using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Streaming;

public class RoomToneTests
{
    [Fact]
    public void RoomTone_of_a_microphone_with_an_offset_keeps_the_offset_in_every_block()
    {
        const int Length = 160;
        var room = new RoomTone(Length, 4);
        var random = new Random(2);
        for (int block = 0; block < 4; block++)
            room.Add([.. Enumerable.Range(0, Length).Select(_ => 0.05f + (0.01f * (random.NextSingle() - 0.5f)))], block);
        float[] tone = room.Make(20 * Length);
        foreach (float[] block in tone.Chunk(Length)) block.Average().ShouldBe(0.05f, 1e-3f);
        tone.Chunk(Length).Select(block => block[0]).Distinct().Count().ShouldBe(2);
    }
}
