using Mingling.Audio;

namespace Mingling.Corpora.Tests;

public class ClipLoaderTests
{
    private static CorpusClip Clip(TemporaryCorpus files, string name) => new(files.PathOf(name), name, "yes");

    private static AudioClip Ramp(int samples) => new([.. Enumerable.Range(0, samples).Select(i => i / 1024f)], 1000);

    [Fact]
    public void Clips_come_in_their_order_for_any_number_of_threads()
    {
        using var files = new TemporaryCorpus();
        var clips = Enumerable.Range(0, 40).Select(i => Clip(files.Record($"{39 - i}.wav"), $"{39 - i}.wav")).ToList();
        var one = ClipLoader.Load(clips, 8000);
        var four = ClipLoader.Load(clips, 8000, parallelism: 4);
        one.Clips.Select(loaded => loaded.Clip).ShouldBe(clips);
        four.Clips.Select(loaded => loaded.Clip).ShouldBe(clips);
        four.Clips.Zip(one.Clips).ShouldAllBe(pair => pair.First.Samples.SequenceEqual(pair.Second.Samples));
        one.Clips[5].Samples.ShouldBe(AudioFile.Read(clips[5].Path).Samples);
    }

    [Fact]
    public void Excerpts_of_a_file_are_cut_at_their_seconds_and_scaled()
    {
        using var files = new TemporaryCorpus();
        var clip = Clip(files.Record("ramp.wav", Ramp(1000)), "ramp.wav");
        var loaded = ClipLoader.Load(
            [
                clip with { StartSeconds = 0.1, EndSeconds = 0.105 },
                clip with { StartSeconds = 0.998, Gain = 0.5f },
                clip with { EndSeconds = 0.002 },
            ],
            1000);
        loaded.Clips[0].Samples.ShouldBe([100 / 1024f, 101 / 1024f, 102 / 1024f, 103 / 1024f, 104 / 1024f]);
        loaded.Clips[1].Samples.ShouldBe([499 / 1024f, 499.5f / 1024f]);
        loaded.Clips[2].Samples.ShouldBe([0, 1 / 1024f]);
    }

    [Fact]
    public void Clips_of_other_rates_are_resampled()
    {
        using var files = new TemporaryCorpus();
        var clip = Clip(files.Record("a.wav", seconds: 0.5, rate: 48000), "a.wav");
        ClipLoader.Load([clip], 16000).Clips.Single().Samples.Length.ShouldBe(8000);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named_skipped_and_counted()
    {
        using var files = new TemporaryCorpus();
        files.Record("good.wav").Write("text.wav", "this is no sound at all").Write("empty.wav", "");
        var clips = new[] { "text.wav", "good.wav", "empty.wav", "missing.wav" }.Select(name => Clip(files, name))
            .Append(Clip(files, "good.wav") with { StartSeconds = 5 }).ToList();
        var loaded = ClipLoader.Load(clips, 8000, parallelism: 2);
        loaded.Clips.Single().Clip.Name.ShouldBe("good.wav");
        loaded.Problems.Select(problem => problem.Path).ShouldBe(["text.wav", "empty.wav", "missing.wav", "good.wav"]);
        loaded.Problems[3].Reason.ShouldBe("lasts 0.01 s and has nothing from 5 s on");
        loaded.Problems.ShouldAllBe(problem => !problem.ToString().Contains("   at ") && !problem.ToString().Contains('\n'));
    }

    [Fact]
    public void Strict_loading_names_the_first_file_that_cannot_be_read()
    {
        using var files = new TemporaryCorpus();
        files.Record("good.wav").Write("bad1.wav", "x").Write("bad2.wav", "x");
        var clips = new[] { "good.wav", "bad1.wav", "bad2.wav" }.Select(name => Clip(files, name)).ToList();
        for (int threads = 1; threads <= 3; threads++)
            Should.Throw<CorpusException>(() => ClipLoader.Load(clips, 8000, threads, strict: true))
                .Message.ShouldStartWith("'bad1.wav' cannot be read");
    }

    [Fact]
    public void Canceled_loading_ends()
    {
        using var files = new TemporaryCorpus();
        var clip = Clip(files.Record("good.wav"), "good.wav");
        Should.Throw<OperationCanceledException>(() => ClipLoader.Load([clip], 8000, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Arguments_out_of_range_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ClipLoader.Load([], 0));
        Should.Throw<ArgumentOutOfRangeException>(() => ClipLoader.Load([], 8000, parallelism: 0));
    }
}
