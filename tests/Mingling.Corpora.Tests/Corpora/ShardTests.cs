using System.Formats.Tar;
using Mingling.Audio;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Shards;
using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests.Corpora;

public sealed class ShardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-shards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_packed_corpus_has_the_same_clips_splits_and_sound()
    {
        string files = Corpus(copies: true), packed = At("packed");
        var corpus = CorpusReader.Read(files);
        var report = CorpusPacker.Pack(corpus, packed, shardBytes: 1 << 20, parallelism: 2);
        (report.Clips, report.Problems.Count).ShouldBe((corpus.Clips.Count - 1 + corpus.Noise.Count, 1));
        report.Shards.ShouldBeGreaterThan(1);

        var shards = CorpusReader.Read(packed);
        shards.Layout.ShouldBe(CorpusLayout.Shards);
        shards.Clips.Select(Same).ShouldBe(corpus.Clips.Where(clip => clip.Name != "yes/broken.wav").Select(Same));
        shards.Noise.Select(Same).ShouldBe(corpus.Noise.Select(Same));
        CorpusReader.Read(Path.Combine(packed, "shards.json")).Clips.Count.ShouldBe(shards.Clips.Count);

        // The broken file is drawn with the others from files, so that it is taken out to compare the draw.
        File.Delete(Path.Combine(files, "yes/broken.wav"));
        corpus = CorpusReader.Read(files);
        for (int seed = 0; seed < 5; seed++)
        {
            var options = new SplitOptions { Seed = seed, BySpeaker = seed % 2 == 0, TestShare = 0.2 };
            CorpusSplits fromFiles = CorpusSplitter.Split(corpus, options), fromShards = CorpusSplitter.Split(shards, options);
            foreach (var side in Enum.GetValues<Split>()) fromShards.Of(side).Select(Same).ShouldBe(fromFiles.Of(side).Select(Same));
            // What the reader guessed of the files was settled when they were packed.
            fromShards.Warnings.ShouldBe(fromFiles.Warnings.Except(corpus.Warnings));
        }
        LoadedClips a = ClipLoader.Load(corpus.Clips, 16_000), b = ClipLoader.Load(shards.Clips, 16_000, parallelism: 2);
        for (int i = 0; i < a.Clips.Count; i++) b.Clips[i].Samples.ShouldBe(a.Clips[i].Samples);
        b.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Excerpts_of_a_manifest_keep_their_places_and_a_file_is_packed_once()
    {
        WavWriter.Write(At("long.wav"), Sound(3, 1));
        WavWriter.Write(At("short.wav"), Sound(1, 2));
        File.WriteAllText(At("manifest.csv"), "path,label,speaker,split,start,end,synthetic\nlong.wav,yes,ann,train,0.25,1,\nlong.wav,no,ann,train,1.5,2.75,\nshort.wav,yes,\"b\\ob\",validation,,,\nshort.wav,no,robot,train,0,0.5,true\n");
        var corpus = CorpusReader.Read(At("manifest.csv"));
        CorpusPacker.Pack(corpus, At("packed"));
        var shards = CorpusReader.Read(At("packed"));
        shards.Clips.Select(Same).ShouldBe(corpus.Clips.Select(Same));
        LoadedClips a = ClipLoader.Load(corpus.Clips, 8000), b = ClipLoader.Load(shards.Clips, 8000);
        b.Clips.Select(clip => clip.Samples.Length).ShouldBe(a.Clips.Select(clip => clip.Samples.Length));
        for (int i = 0; i < a.Clips.Count; i++) b.Clips[i].Samples.ShouldBe(a.Clips[i].Samples);

        // As other readers of WebDataset see it: pairs of a sound and what is said.
        using var stream = File.OpenRead(At("packed/corpus-000000.tar"));
        using var tar = new TarReader(stream);
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry) names.Add(entry.Name);
        names.ShouldBe(["000000000.wav", "000000000.json", "000000001.wav", "000000001.json"]);
    }

    [Fact]
    public void The_same_corpus_packed_again_gives_the_same_bytes_and_packed_shards_can_be_packed()
    {
        var corpus = CorpusReader.Read(Corpus());
        foreach (string name in new[] { "one", "two" }) CorpusPacker.Pack(corpus, At(name), 1 << 20);
        CorpusPacker.Pack(CorpusReader.Read(At("one")), At("three"), 1 << 20);
        foreach (string file in Directory.GetFiles(At("one")))
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (string other in new[] { "two", "three" }) File.ReadAllBytes(Path.Combine(At(other), Path.GetFileName(file))).ShouldBe(bytes, file);
        }
        Should.Throw<CorpusException>(() => CorpusPacker.Pack(corpus, At("one"))).Message.ShouldContain("is not empty");
    }

    [Fact]
    public void Shards_that_are_missing_damaged_or_of_another_corpus_are_named()
    {
        CorpusPacker.Pack(CorpusReader.Read(Corpus()), At("good"), 1 << 20);
        string other = At("other-files");
        Directory.CreateDirectory(Path.Combine(other, "on"));
        for (int i = 0; i < 30; i++) WavWriter.Write(Path.Combine(other, "on", $"{i}.wav"), Sound(1.5, 100 + i));
        CorpusPacker.Pack(CorpusReader.Read(other), At("other"), 1 << 20);

        Fails(folder => File.Delete(Path.Combine(folder, "corpus-000001.tar")), "corpus-000001.tar' is missing (2 of ");
        Fails(folder => File.Delete(Path.Combine(folder, "corpus-000001.index")), "corpus-000001.index' of the shard beside it is missing");
        Fails(folder => Cut(Path.Combine(folder, "corpus-000000.tar")), "corpus-000000.tar' is damaged: it has ");
        Fails(folder => Cut(Path.Combine(folder, "corpus-000000.index")), "corpus-000000.index' is cut short");
        Fails(folder => Change(Path.Combine(folder, "corpus-000000.index"), 80), "is damaged: its checksum does not fit");
        Fails(folder => File.Copy(Path.Combine(At("other"), "corpus-000000.index"), Path.Combine(folder, "corpus-000000.index"), overwrite: true), "corpus-000000.index' is of another corpus");
        Fails(folder => File.Copy(Path.Combine(folder, "corpus-000000.index"), Path.Combine(folder, "corpus-000001.index"), overwrite: true), "is that of shard 0");
        Fails(folder => File.WriteAllText(Path.Combine(folder, "shards.json"), "{"), "shards.json' cannot be read");
        Fails(folder => File.WriteAllText(Path.Combine(folder, "shards.json"), """{"format":9,"id":"x","clips":1,"shards":[{"name":"a.tar","bytes":1,"clips":1}]}"""), "is of format 9");
        Fails(folder => File.WriteAllText(Path.Combine(folder, "shards.json"), """{"format":1,"id":"x","clips":1,"shards":[{"name":"../a.tar","bytes":1,"clips":1}]}"""), "names no shards");

        // A stranger among them is left out, and ends everything for who wants that.
        string good = At("good");
        File.Copy(Path.Combine(At("other"), "corpus-000000.tar"), Path.Combine(good, "foreign.tar"));
        CorpusReader.Read(good).Problems.ShouldHaveSingleItem().ToString().ShouldContain("'foreign.tar' is none of the ");
        Should.Throw<CorpusException>(() => CorpusReader.Read(good, new CorpusOptions { Strict = true })).Message.ShouldContain("foreign.tar");
        File.Delete(Path.Combine(good, "foreign.tar"));

        // A byte of sound that changed is noticed when the clip is read.
        var clip = CorpusReader.Read(good).Clips[0];
        Change(clip.Path, (int)clip.Bytes!.Value.Offset + 100);
        var problem = ClipLoader.Load(CorpusReader.Read(good).Clips, 16_000).Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe(clip.Name);
        problem.Reason.ShouldContain("is damaged there");
        Should.Throw<CorpusException>(() => CorpusReader.Read(At("other-files"), new CorpusOptions { Layout = CorpusLayout.Shards })).Message.ShouldContain("There is no shards.json");
    }

    /// <summary>Files whose checksums are right, and that nothing of ours has written.</summary>
    [Fact]
    public void Shards_with_any_field_changed_are_read_or_refused()
    {
        CorpusPacker.Pack(CorpusReader.Read(Corpus()), At("good"), 1 << 20);
        string set = Path.Combine(At("good"), "shards.json"), index = Path.Combine(At("good"), "corpus-000000.index");
        string wholeSet = File.ReadAllText(set);
        foreach (string changed in ChangedJson.Of(wholeSet).Append("null").Append("[]").Append(""))
        {
            File.WriteAllText(set, changed);
            Try(changed);
        }
        File.WriteAllText(set, wholeSet);
        string[] lines = File.ReadAllLines(index);
        string[] values = ["", "-1", "x", "99999999999999999999", "1e308", "Infinity", "..", "train"];
        for (int line = 0; line < 2; line++)
        {
            for (int field = 0; field < lines[line].Split('\t').Length; field++)
            {
                foreach (string value in values)
                {
                    string[] fields = lines[line].Split('\t');
                    fields[field] = value;
                    string body = string.Concat(lines[..^1].Select((text, i) => (i == line ? string.Join('\t', fields) : text) + "\n"));
                    byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
                    File.WriteAllText(index, $"{body}end\t{SoundSource.Checksum(bytes):x8}\n");
                    Try(string.Join('\t', fields));
                }
            }
        }

        void Try(string changed)
        {
            try
            {
                var corpus = CorpusReader.Read(At("good"));
                ClipLoader.Load([.. corpus.Clips.Take(3)], 16_000).Clips.ShouldAllBe(clip => clip.Samples.Length > 0);
            }
            catch (CorpusException)
            {
                // Said in one sentence.
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} of {changed}");
            }
        }
    }

    [Fact]
    public void What_a_packing_that_was_killed_has_left_is_begun_anew_and_nothing_else()
    {
        string folder = At("cut"), mark = Path.Combine(folder, PackingFolder.Mark);
        var corpus = CorpusReader.Read(Corpus());
        CorpusPacker.Pack(corpus, At("good"), 1 << 20);
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(At("good"), "corpus-000000.tar"), Path.Combine(folder, "corpus-000000.tar"));
        File.WriteAllText(Path.Combine(folder, "corpus-000001.tar.4194305-abcdefgh-01234567.mingling.tmp"), "half");
        // Without the mark they may be anybody's.
        Should.Throw<CorpusException>(() => CorpusPacker.Pack(corpus, folder, 1 << 20)).Message.ShouldContain("is not empty");
        File.WriteAllText(mark, "");
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "mine");
        Should.Throw<CorpusException>(() => CorpusPacker.Pack(corpus, folder, 1 << 20)).Message.ShouldContain("it holds 'mine.txt'");
        File.ReadAllText(Path.Combine(folder, "mine.txt")).ShouldBe("mine");
        File.Exists(Path.Combine(folder, "corpus-000000.tar")).ShouldBeTrue();
        File.Delete(Path.Combine(folder, "mine.txt"));
        // Killed when all was written, and the mark not yet gone.
        File.Copy(Path.Combine(At("good"), "shards.json"), Path.Combine(folder, "shards.json"));

        using (new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Should.Throw<CorpusException>(() => CorpusPacker.Pack(corpus, folder, 1 << 20)).Message.ShouldContain("Another process is packing");
        CorpusPacker.Pack(corpus, folder, 1 << 20);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(Directory.GetFiles(At("good")).Select(Path.GetFileName).Order());
        Should.Throw<CorpusException>(() => CorpusPacker.Pack(corpus, folder, 1 << 20)).Message.ShouldContain("is not empty");
    }

    [Fact]
    public void Sound_that_finds_no_room_is_read_again_and_is_the_same()
    {
        var corpus = CorpusReader.Read(Corpus());
        DecodedFiles all = new(16_000), some = new(16_000, room: 100_000), other = new(11_025, room: 1 << 20);
        LoadedClips kept = ClipLoader.Load(corpus.Clips, all, 2, true, default), read = ClipLoader.Load(corpus.Clips, some, 2, true, default);
        all.Count.ShouldBe(corpus.Clips.Count);
        for (int i = 0; i < corpus.Clips.Count; i++) read.Clips[i].Samples.ShouldBe(kept.Clips[i].Samples);
        all.Count.ShouldBe(corpus.Clips.Count);
        some.Count.ShouldBeGreaterThan(corpus.Clips.Count);
        some.UsedBytes.ShouldBeInRange(1, 100_000);
        // 16 bits hold 16-bit recordings at their own rate, and no others.
        all.UsedBytes.ShouldBe(kept.Clips.Sum(clip => 2L * clip.Samples.Length));
        var resampled = ClipLoader.Load([corpus.Clips[0]], other, 1, true, default).Clips[0];
        resampled.Samples.ShouldBe(ClipLoader.Load([corpus.Clips[0]], 11_025).Clips[0].Samples);
        other.UsedBytes.ShouldBe(4L * resampled.Samples.Length);

        // Shards are not read before they are heard.
        CorpusPacker.Pack(corpus, At("packed"));
        var files = new DecodedFiles(16_000);
        var lazy = ClipLoader.Load(CorpusReader.Read(At("packed")).Clips, files, 2, true, default);
        files.Count.ShouldBe(0);
        lazy.Clips[3].Samples.ShouldBe(kept.Clips[3].Samples);
        files.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(-1f, true)]
    [InlineData(32767 / 32768f, true)]
    [InlineData(1f, false)]
    [InlineData(0.1f, false)]
    [InlineData(-0f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(200f, false)]
    public void Samples_are_kept_in_16_bits_only_where_these_give_them_back(float sample, bool isSmall)
    {
        float[] samples = [.. Enumerable.Range(-20, 40).Select(i => i / 32768f), sample];
        var kept = KeptSound.Keep(samples);
        kept.Samples().Select(BitConverter.SingleToUInt32Bits).ShouldBe(samples.Select(BitConverter.SingleToUInt32Bits));
        kept.Bytes.ShouldBe((isSmall ? 2 : 4) * samples.Length);
    }

    private static object Same(CorpusClip clip) => (clip.Name, clip.Label, clip.Speaker, clip.Split, clip.StartSeconds, clip.EndSeconds, clip.Synthetic, clip.TrainingOnly, clip.Gain);

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>Two words by six speakers with noise, and where asked for a broken file and two copies under other names.</summary>
    private string Corpus(bool copies = false)
    {
        string root = At("files");
        foreach (string word in new[] { "yes", "no" })
        {
            Directory.CreateDirectory(Path.Combine(root, word));
            for (int speaker = 0; speaker < 6; speaker++)
                for (int take = 0; take < 5; take++) WavWriter.Write(Path.Combine(root, word, $"speaker{speaker}_{word}_{take}.wav"), Sound(1, (100 * word.Length) + (10 * speaker) + take));
        }
        Directory.CreateDirectory(Path.Combine(root, "_background_noise_"));
        foreach (string noise in new[] { "hum", "fan", "rain" }) WavWriter.Write(Path.Combine(root, "_background_noise_", $"{noise}.wav"), Sound(2, noise.Length + noise[0]));
        if (copies)
        {
            File.WriteAllText(Path.Combine(root, "yes", "broken.wav"), "no sound");
            File.Copy(Path.Combine(root, "yes", "speaker1_yes_0.wav"), Path.Combine(root, "yes", "speaker2_yes_7.wav"));
        }
        return root;
    }

    private static AudioClip Sound(double seconds, int seed)
    {
        var random = new Random(seed);
        return new AudioClip([.. Enumerable.Range(0, (int)(16_000 * seconds)).Select(_ => (random.Next(65_536) - 32_768) / 32_768f)], 16_000);
    }

    private void Fails(Action<string> harm, string sentence)
    {
        string folder = At("harmed");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(At("good"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        harm(folder);
        Should.Throw<CorpusException>(() => CorpusReader.Read(folder)).Message.ShouldContain(sentence);
        Directory.Delete(folder, recursive: true);
    }

    private static void Cut(string path)
    {
        using var stream = File.OpenWrite(path);
        stream.SetLength(stream.Length - 7);
    }

    private static void Change(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
