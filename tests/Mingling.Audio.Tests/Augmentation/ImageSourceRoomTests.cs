namespace Mingling.Audio.Tests.Augmentation;

public class ImageSourceRoomTests
{
    private const int Rate = 16_000;

    /// <summary>By hand: source and microphone 2 m apart on the axis of a long corridor; the walls to the sides are 3 m away.</summary>
    [Fact]
    public void Of_places_first_reflections_where_geometry_says()
    {
        var room = ImageSourceRoom.Of(Rate, [40, 6, 6], [19, 3, 3], [21, 3, 3], 0.5);
        room.Reflections[0].ShouldBe((0, 1));
        // Over one side wall: √(2² + 6²) m, over all four of them alike.
        double distance = Math.Sqrt(40);
        int delay = (int)Math.Round((distance - 2) / 343 * Rate);
        var first = room.Reflections.Skip(1).Where(reflection => reflection.Delay == delay).ToArray();
        first.Length.ShouldBe(4);
        foreach (var (_, gain) in first) ((double)gain).ShouldBe(0.5 * 2 / distance, 1e-6);
        room.Reflections.Skip(1).Min(reflection => reflection.Delay).ShouldBe(delay);
    }

    [Fact]
    public void Walls_that_reflect_nothing_leave_the_sound_as_it_is()
    {
        var room = ImageSourceRoom.Of(Rate, [4, 3, 2.5], [1, 1, 1], [3, 2, 1.5], 0);
        float[] dry = Noise(500), wet = new float[500];
        room.Apply(dry, wet);
        wet.ShouldBe(dry);
    }

    [Fact]
    public void Apply_is_the_sum_of_the_delayed_sounds()
    {
        var room = ImageSourceRoom.Draw(Rate, new Random(3));
        float[] dry = Noise(3001), wet = new float[3001];
        room.Apply(dry, wet);
        for (int i = 0; i < dry.Length; i += 37)
        {
            double expected = room.Reflections.Where(reflection => reflection.Delay <= i).Sum(reflection => (double)reflection.Gain * dry[i - reflection.Delay]);
            ((double)wet[i]).ShouldBe(expected, 1e-4);
        }
    }

    [Fact]
    public void Draw_gives_rooms_with_weaker_later_echoes()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var reflections = ImageSourceRoom.Draw(Rate, new Random(seed)).Reflections;
            reflections.Count.ShouldBeGreaterThan(20);
            reflections.ShouldAllBe(reflection => reflection.Delay >= 0 && reflection.Delay < 0.3 * Rate && reflection.Gain > 0 && reflection.Gain <= 1);
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Should.Throw<ArgumentException>(() => ImageSourceRoom.Draw(Rate, new Random(1)).Apply(new float[3], new float[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => ImageSourceRoom.Of(Rate, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1.5));
    }

    private static float[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
